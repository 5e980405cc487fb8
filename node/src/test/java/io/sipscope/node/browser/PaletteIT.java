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
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can be reached from everywhere by keys alone: the palette, help and settings.
class PaletteIT extends PageTest {
  private static final String CALL_ID = "palette-a84b@example.com";
  private static final String HOSTILE = "<b>owned</b>palette@example.com";

  private static TestNode node;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    node = TestNode.start("sipscope.data-dir = \"" + folder + "\"");
    node.importCapture(
        Pcaps.of(
            Messages.options(CALL_ID).replace("sip:alice@", "sip:+12025550147@"),
            Messages.options(HOSTILE)));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private Locator field() {
    return page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Find anything"));
  }

  private Locator chosen() {
    return page.locator("[role=option][aria-selected=true]");
  }

  private void opened(String path) {
    page.navigate(node.uri(path).toString());
    assertThat(page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main")))
        .isVisible();
    page.keyboard().press("Control+k");
    assertThat(field()).isFocused();
  }

  @Test
  void aDialogIsFoundByANumberAndOpenedByEnter() {
    opened("/");
    page.keyboard().type("+12025550147");
    assertThat(chosen()).containsText(CALL_ID);
    page.keyboard().press("Enter");
    assertThat(page).hasURL(node.uri("/dialogs/palette-a84b%40example.com").toString());
  }

  @Test
  void aDialogIsFoundByItsCallIdWhateverIsInIt() {
    opened("/cluster");
    page.keyboard().type(HOSTILE);
    assertThat(chosen()).containsText(HOSTILE);
    assertThat(page.locator("[role=option] b")).hasCount(0);
    assertAccessible(page);
  }

  @Test
  void theArrowsMoveAndTheFieldSaysWhereTheyAre() {
    opened("/");
    var first = chosen().textContent();
    page.keyboard().press("ArrowDown");
    assertThat(chosen()).not().hasText(first);
    assertThat(field()).hasAttribute("aria-activedescendant", chosen().getAttribute("id"));
    page.keyboard().press("ArrowUp");
    page.keyboard().press("ArrowUp");
    assertThat(chosen()).containsText("Keyboard and help");
    page.keyboard().press("Escape");
    assertThat(field()).hasCount(0);
  }

  @Test
  void screensAndWhatWasTypedAreReachedFromIt() {
    opened("/");
    page.keyboard().type("go to trace");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(node.uri("/trace").toString());
    page.keyboard().press("Control+k");
    page.keyboard().type("alerts");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(node.uri("/events/alerts").toString());
    page.keyboard().press("Control+k");
    page.keyboard().type("busy & tone");
    page.locator("[role=option]", new Page.LocatorOptions().setHasText("Filter live packets"))
        .click();
    assertThat(page).hasURL(node.uri("/live?text=busy+%26+tone").toString());
  }

  @Test
  void tracingIsTurnedOffFromItOnceThatWasConfirmed() throws Exception {
    opened("/");
    page.keyboard().type("turn tracing");
    assertThat(chosen()).hasText(Pattern.compile("Turn tracing off"));
    page.keyboard().press("Enter");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Turn off")).click();
    var mi = new Mi(node);
    NodeApi.eventually(
        () -> {
          assertEquals("off", mi.answer("trace", "{}").at("/result/global").asText());
          return null;
        });
    page.keyboard().press("Control+k");
    page.keyboard().type("turn tracing on");
    assertThat(chosen()).hasText(Pattern.compile("Turn tracing on"));
    page.keyboard().press("Enter");
    NodeApi.eventually(
        () -> {
          assertEquals("on", mi.answer("trace", "{}").at("/result/global").asText());
          return null;
        });
  }

  @Test
  void everyScreenIsReachedByItsKeysAndAQuestionMarkTellsThem() {
    page.navigate(node.uri("/live").toString());
    for (var key : new String[] {"g s", "g e", "g p", "g a", "g t", "g c", "g l", "g d"}) {
      for (var one : key.split(" ", -1)) {
        page.keyboard().press(one);
      }
      assertThat(page.locator("nav [aria-current=page]")).hasCount(1);
    }
    assertThat(page).hasURL(node.uri("/").toString());
    page.keyboard().press("?");
    var help = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Keyboard"));
    assertThat(help).containsText("Agents");
    assertAccessible(page);
    page.keyboard().press("Escape");
    assertThat(help).hasCount(0);
  }

  @Test
  void settingsHoldAfterTheNextVisit() {
    page.navigate(node.uri("/").toString());
    page.keyboard().press(",");
    page.getByLabel("UTC").check();
    page.getByLabel("Compact rows").check();
    page.getByLabel("Dark", new Page.GetByLabelOptions().setExact(true)).check();
    page.getByLabel("Single keys act").uncheck();
    assertAccessible(page);
    page.reload();
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    assertThat(page.locator("html")).hasAttribute("data-rows", "compact");
    assertThat(page.getByText("22:13:20").first()).isVisible();
    page.keyboard().press("?");
    assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    page.keyboard().press("Control+k");
    assertThat(field()).isFocused();
  }

  @Test
  void anAddressThatNamesNothingSaysSo() {
    page.navigate(node.uri("/cluster/nothing").toString());
    assertThat(page.getByText("There is no such page")).isVisible();
    assertAccessible(page);
  }
}
