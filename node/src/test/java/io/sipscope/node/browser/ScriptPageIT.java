package io.sipscope.node.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sipscope.node.NodeApi;
import io.sipscope.node.TestNode;
import io.sipscope.node.ingest.Messages;
import io.sipscope.node.ingest.Pcaps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script that runs, what fails in it, and what another would do.
class ScriptPageIT extends PageTest {
  private static final String HOSTILE = "<script>document.title='owned'</script>";
  private static final String SCRIPT =
      """
      # %s \u0007\u001b[31m <b>bold</b>
      loadmodule "statistics.so"
      loadmodule "sipmsgops.so"
      modparam("statistics", "stat_groups", "method")
      route {
      \tupdate_stat("method:$rm", "+1");
      \t$var(x) = $hdr(X-Nobody) + 1;
      }
      """
          .formatted(HOSTILE);

  private static Path file;
  private static TestNode node;
  private static int fails;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    file = folder.resolve("policy.cfg");
    Files.writeString(file, SCRIPT);
    node =
        TestNode.start(
            "sipscope.data-dir = \"%s\"\nsipscope.script.file = \"%s\"".formatted(folder, file));
  }

  /// Something fails in it; a reload of another test forgets what failed before.
  private static void fail() throws Exception {
    var call = "scripted-" + fails++;
    node.importCapture(Pcaps.of(Messages.options(call, 1), Messages.options(call, 2)));
    NodeApi.eventually(
        () -> {
          assertTrue(node.json("/api/script").at("/failures/0/count").asInt() >= 2);
          return null;
        });
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private void opened(String path) {
    page.navigate(node.uri(path).toString());
    assertThat(page.locator("main h1")).hasText("Script");
  }

  private void drafting(String script) {
    opened("/script?view=draft");
    page.getByLabel("Script to try").fill(script);
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator line(int number) {
    return page.locator(".listing tbody tr").nth(number - 1);
  }

  @Test
  void bothPartsAreAccessibleInBothThemes() throws Exception {
    fail();
    assertAccessibleInBothThemes(
        node.uri("/script"), shown -> assertThat(shown.locator(".mark")).isVisible());
    assertAccessibleInBothThemes(
        node.uri("/script?view=draft"),
        shown -> {
          shown.getByLabel("Script to try").fill("route { nothing_like_it(); }");
          shown.getByText("Check", new Page.GetByTextOptions().setExact(true)).click();
          assertThat(shown.getByText("1 place to look at")).isVisible();
        });
  }

  @Test
  void theScriptIsShownWhateverIsInItAndWhatFailsIsToldAtItsLine() throws Exception {
    fail();
    opened("/script");
    assertThat(line(1)).containsText(HOSTILE + " ␇␛[31m <b>bold</b>");
    assertThat(page.locator(".listing b, .listing script")).hasCount(0);
    assertThat(page).hasTitle("Script · Sipscope");
    assertThat(line(7).locator(".mark"))
        .hasText(Pattern.compile("\\^\\s+failed \\d+ times: .*null"));
    assertThat(page.getByText("8 lines, 1 place failed")).isVisible();
  }

  @Test
  void anErrorOfADraftIsMarkedAndLedTo() {
    drafting("route {\n  " + "update_stat(\"a\");\n  nothing_like_it(\"<b>\u0007\");\n}\n");
    page.keyboard().press("Control+Enter");
    var told =
        page.getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^3:3 error")));
    assertThat(told).containsText("nothing_like_it");
    assertThat(page.locator(".gutter .bad").last()).containsText("3");
    told.click();
    var chosen =
        page.getByLabel("Script to try")
            .evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)");
    assertThat(page.getByLabel("Script to try")).isFocused();
    assertEquals("nothing_like_it", String.valueOf(chosen).replaceAll("\\(.*", ""));
    assertThat(page.locator(".tried b, .tried script")).hasCount(0);
  }

  @Test
  void aDraftWithoutErrorsIsToldSoAndStaysWhileTheOtherPartIsLookedAt() {
    drafting(SCRIPT + "# mine\n");
    button("Check").click();
    assertThat(page.getByText("Nothing is wrong with it.")).isVisible();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Running")).click();
    assertThat(line(1)).isVisible();
    page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Script")).click();
    page.keyboard().press("d");
    assertThat(page.getByLabel("Script to try")).hasValue(SCRIPT + "# mine\n");
    button("Back to what runs").click();
    assertThat(page.getByLabel("Script to try")).hasValue(SCRIPT);
  }

  @Test
  void aReloadIsConfirmedAndToldByNode() throws Exception {
    opened("/script");
    assertThat(line(1)).isVisible();
    Files.writeString(file, SCRIPT + "route[x] { nothing_like_it(); }");
    page.keyboard().press("r");
    button("Cancel").click();
    page.keyboard().press("r");
    button("Reload").last().click();
    var outcome = page.locator(".outcome");
    assertThat(outcome).containsText("Nothing was changed");
    assertThat(outcome).containsText("nothing_like_it");
    Files.writeString(file, SCRIPT + "route[x] { exit; }");
    page.keyboard().press("r");
    button("Reload").last().click();
    assertThat(outcome).containsText("All nodes run what is in their files now");
    assertThat(line(9)).containsText("route[x]");
    Files.writeString(file, SCRIPT);
    page.keyboard().press("r");
    button("Reload").last().click();
    assertThat(page.locator(".listing tbody tr")).hasCount(8);
  }

  @Test
  void howOftenALineRanIsToldWhileThatIsCounted() throws Exception {
    opened("/script");
    var counting =
        page.getByRole(
            AriaRole.SWITCH, new Page.GetByRoleOptions().setName("Count how often each line runs"));
    counting.focus();
    page.keyboard().press("Space");
    assertThat(counting).hasAttribute("aria-checked", "true");
    fail();
    assertThat(line(6).locator(".hits")).hasText("2");
    assertThat(line(6).locator(".hits")).hasClass(Pattern.compile("heat-3"));
    assertThat(line(1).locator(".hits")).hasText("");
    assertAccessible(page);
    page.keyboard().press("Space");
    assertThat(counting).hasAttribute("aria-checked", "false");
  }

  @Test
  void aDraftIsRunOverStoredDialogsAndChangesNothing() throws Exception {
    node.importCapture(Pcaps.of(Messages.options("tried", 1), Messages.options("tried", 2)));
    drafting(
        """
        loadmodule "statistics.so"
        modparam("statistics", "stat_groups", "mine")
        route {
          update_stat("mine:tried", "+1");
          xlog("<b>$ci</b>\\n");
          raise_event("E_TRIED");
        }
        """);
    page.getByLabel("Which dialogs").fill("call-id:tried");
    assertThat(page.getByText("It runs over 1 dialog.")).isVisible();
    page.keyboard().press("Enter");
    var outcome =
        page.getByRole(
            AriaRole.REGION,
            new Page.GetByRoleOptions().setName("What the script would have done"));
    assertThat(outcome).containsText("1 dialog, 2 messages");
    assertThat(outcome).containsText(Pattern.compile("mine:tried\\s*2"));
    assertThat(outcome).containsText(Pattern.compile("E_TRIED\\s*2"));
    assertThat(outcome).containsText("<b>tried</b>");
    assertThat(page.locator(".gutter .heat-3").first()).hasText("2");
    assertAccessible(page);
    assertEquals(0, node.json("/api/statistics?names=mine:").path("statistics").size());
  }

  @Test
  void aDraftThatDoesNotLoadIsNotRunAndSaysWhy() {
    drafting("route { nothing_like_it(); }");
    button("Run").click();
    assertThat(page.getByText("1 place to look at")).isVisible();
    complaints.clear(); // the browser tells of the answer that refused it
  }

  @Test
  void withoutAScriptItIsSaidHowToNameOneAndTheFirstDraftIsWithoutErrors(@TempDir Path folder) {
    try (var bare = TestNode.start("sipscope.data-dir = \"" + folder + "\"")) {
      page.navigate(bare.uri("/script").toString());
      assertThat(page.getByText("No script runs here")).isVisible();
      assertThat(page.getByText("sipscope.script.file")).isVisible();
      assertAccessible(page);
      page.getByRole(
              AriaRole.LINK, new Page.GetByRoleOptions().setName("Try one on what is stored"))
          .click();
      button("Check").click();
      assertThat(page.getByText("Nothing is wrong with it.")).isVisible();
      page.close(); // it asks on, and would complain that nobody answers
    }
  }
}
