package io.sipscope.node.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.sipscope.testing.RequiresTool;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// Pages in a real browser, the machine's own, under the node's content security policy: what they
/// break is told on the console, where a test would not look by itself, and fails the test.
@RequiresTool(value = "chromium", debian = "chromium")
public abstract class PageTest {
  /// WCAG 2.2 A and AA as axe knows them, and what it calls best practice.
  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  private static Playwright playwright;
  private static Browser browser;

  /// What the page complained of since it was opened.
  protected final List<String> complaints = new CopyOnWriteArrayList<>();

  protected Page page;

  @BeforeAll
  static void launch() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium())
                    .setChromiumSandbox(false));
  }

  @AfterAll
  static void quit() {
    if (playwright != null) {
      playwright.close();
    }
  }

  private static Path chromium() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "chromium"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  @BeforeEach
  void openLight() {
    page = open(ColorScheme.LIGHT);
  }

  @AfterEach
  void nothingWasComplainedOf() {
    page.close();
    assertEquals(List.of(), complaints);
  }

  /// A page of 1440 by 900, as the design's pictures are.
  protected Page open(ColorScheme scheme) {
    var opened =
        browser.newPage(
            new Browser.NewPageOptions().setViewportSize(1440, 900).setColorScheme(scheme));
    opened.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text() + " at " + message.location());
          }
        });
    opened.onPageError(complaints::add);
    opened.onRequest(
        request -> {
          if (!isOfTheNode(request.url())) {
            complaints.add("asked another host: " + request.url());
          }
        });
    return opened;
  }

  private static boolean isOfTheNode(String url) {
    var asked = URI.create(url);
    return switch (asked.getScheme()) {
      case "data", "blob" -> true;
      default -> "127.0.0.1".equals(asked.getHost());
    };
  }

  /// Opens a page in either theme, and fails with what axe finds wrong.
  protected void assertAccessibleInBothThemes(URI uri, Consumer<Page> isThere) {
    for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (var shown = open(scheme)) {
        shown.navigate(uri.toString());
        isThere.accept(shown);
        assertEquals(
            scheme.name().toLowerCase(Locale.ROOT),
            shown.locator("html").getAttribute("data-theme"));
        assertAccessible(shown);
      }
    }
  }

  /// Fails with what axe finds wrong on a page: rule, and where.
  protected static void assertAccessible(Page shown) {
    var wrong =
        new AxeBuilder(shown)
            .withTags(RULES).analyze().getViolations().stream()
                .map(
                    rule ->
                        rule.getId()
                            + " at "
                            + rule.getNodes().stream()
                                .map(at -> at.getTarget().toString())
                                .toList())
                .toList();
    assertEquals(List.of(), wrong, shown.url());
  }
}
