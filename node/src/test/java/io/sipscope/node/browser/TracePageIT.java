package io.sipscope.node.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sipscope.node.Mi;
import io.sipscope.node.NodeApi;
import io.sipscope.node.TestNode;
import io.sipscope.node.ingest.Messages;
import io.sipscope.node.ingest.Pcaps;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The switches of tracing, which really switch, and what they say they sent.
class TracePageIT extends PageTest {
  private static final String HOSTILE = "<img src=x onerror=document.title='owned'>";

  private static Path copies;
  private static TestNode node;
  private static Mi mi;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    copies = folder.resolve("copies.trace");
    node =
        TestNode.start(
            """
            sipscope.data-dir = "%s"
            sipscope.trace.ids = ["[tid]uri=file:%s"]
            sipscope.trace.rules = [{ methods = INVITE, source = "192.0.2.0/24", trace-id = tid }]
            """
                .formatted(folder, copies));
    node.importCapture(Pcaps.of(Messages.options("replayed", 1), Messages.options("replayed", 2)));
    mi = new Mi(node);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private void opened() {
    page.navigate(node.uri("/trace").toString());
    assertThat(toggle("tid")).isVisible();
  }

  private Locator toggle(String name) {
    return page.getByRole(
        AriaRole.SWITCH, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static String state(String id) throws Exception {
    return mi.answer("trace", "{\"id\":\"" + id + "\"}")
        .at("/result/trace destinations/0/state")
        .asText();
  }

  @Test
  void thePageIsAccessibleInBothThemes() {
    assertAccessibleInBothThemes(
        node.uri("/trace"), shown -> assertThat(shown.getByRole(AriaRole.SWITCH)).hasCount(2));
  }

  @Test
  void theSwitchOfAnIdIsFlippedByTheKeyboardAndItsCallIsShown() throws Exception {
    opened();
    assertThat(page.getByText("methods = INVITE, source = 192.0.2.0/24").first()).isVisible();
    toggle("tid").focus();
    page.keyboard().press("Space");
    assertThat(toggle("tid")).hasAttribute("aria-checked", "false");
    assertEquals("off", state("tid"));
    assertThat(page.locator("code").first()).hasText("ops/sipscope mi trace id=tid mode=off");
    page.keyboard().press("Enter");
    assertThat(toggle("tid")).hasAttribute("aria-checked", "true");
    assertEquals("on", state("tid"));
  }

  @Test
  void tracingIsTurnedOffForAllOnceThatWasConfirmed() throws Exception {
    opened();
    toggle("Global tracing").click();
    button("Cancel").click();
    assertEquals("on", mi.answer("trace", "{}").at("/result/global").asText());
    toggle("Global tracing").click();
    button("Turn off").click();
    assertThat(toggle("Global tracing")).hasAttribute("aria-checked", "false");
    assertEquals("off", mi.answer("trace", "{}").at("/result/global").asText());
    toggle("Global tracing").click();
    assertThat(toggle("Global tracing")).hasAttribute("aria-checked", "true");
    assertEquals("on", mi.answer("trace", "{}").at("/result/global").asText());
  }

  @Test
  void aDynamicTraceIsStartedShownAndStoppedWhateverItsNameIs() throws Exception {
    opened();
    page.keyboard().press("n");
    page.getByLabel("Trace ID").fill(HOSTILE);
    page.getByLabel("Destination", new Page.GetByLabelOptions().setExact(true))
        .fill("hep:127.0.0.1:9;transport=udp;version=3");
    page.getByLabel("Caller").fill("alice");
    button("Start").click();
    var row = page.locator("tbody tr", new Page.LocatorOptions().setHasText(HOSTILE)).first();
    assertThat(row).containsText("caller = alice");
    assertEquals(
        "dynamic", mi.answer("trace", "{}").at("/result/trace destinations/1/state").asText());
    assertThat(page.locator("img")).hasCount(0);
    button("Stop " + HOSTILE).click();
    assertThat(page.getByText("caller = alice")).hasCount(0);
    assertEquals(1, mi.answer("trace", "{}").at("/result/trace destinations").size());
  }

  @Test
  void aTraceThatIsRefusedSaysWhyAndStaysInTheForm() {
    opened();
    page.keyboard().press("n");
    page.getByLabel("Trace ID").fill("t");
    page.getByLabel("Destination", new Page.GetByLabelOptions().setExact(true)).fill("file:/tmp/x");
    button("Start").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("not acceptable");
    assertThat(page.getByLabel("Trace ID")).hasValue("t");
  }

  @Test
  void storedDialogsAreCountedThenReplayed() throws Exception {
    opened();
    page.keyboard().press("r");
    page.getByLabel("Which dialogs").fill("call-id:replayed");
    assertThat(page.getByText("1 dialog will be sent")).isVisible();
    button("Replay").last().click();
    assertThat(page.getByText("Sent 1 dialog, 2 messages.")).isVisible();
    NodeApi.eventually(
        () -> {
          assertEquals(2, Files.readString(copies).split("OPTIONS sip:bob", -1).length - 1);
          return null;
        });
  }
}
