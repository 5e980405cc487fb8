package io.sipscope.node.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.KeyboardModifier;
import io.sipscope.node.NodeApi;
import io.sipscope.node.TestNode;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The ladder of a dialog, and what is compared and explained beside it.
class LadderPageIT extends PageTest {
  private static final String CALL = "a84b4c76e66710@198.51.100.24";
  private static final String OTHER = "the-other-leg@203.0.113.5";
  private static final String LEG = "a-leg@203.0.113.5";
  private static final String LONG = "long@example.com";
  private static final String GROWING = "growing@example.com";
  private static final int LONG_PAIRS = 250;

  private static TestNode node;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    node =
        TestNode.start(
            """
            sipscope.data-dir = "%s"
            sipscope.aliases { pbx-lisbon = ["198.51.100.24"], edge-1 = ["203.0.113.5"] }
            sipscope.trunks { meridian = [192.0.2.40] }
            """
                .formatted(folder));
    node.importCapture(DrawnCalls.lostAck(CALL).file());
    node.importCapture(DrawnCalls.legOf(CALL, LEG).file());
    node.importCapture(DrawnCalls.pings(OTHER, 2, 2, DrawnCalls.CARRIER).file());
    node.importCapture(DrawnCalls.pings(LONG, 0, LONG_PAIRS, DrawnCalls.EDGE).file());
    node.importCapture(DrawnCalls.pings(GROWING, 0, 1, DrawnCalls.EDGE).file());
    node.importCapture(DrawnCalls.pings(GROWING, 1, 1, DrawnCalls.EDGE).file());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void aCallIsDrawnAndAccessibleInBothThemes(ColorScheme scheme) {
    page.close();
    page = open(scheme);
    show(CALL, "?m=7");
    assertThat(rows()).hasCount(18);
    assertThat(page.locator(".heads text.name"))
        .hasText(new String[] {"pbx-lisbon", "edge-1", "meridian", "Not observed"});
    assertThat(page.locator("svg.arrows path.cross")).hasCount(2);
    assertThat(row("7")).hasAttribute("aria-current", "true");
    assertThat(row("1")).containsText("SDP PCMA +1");
    assertThat(row("11")).containsText("×10");
    assertThat(row("10").locator("a"))
        .hasAttribute("aria-label", Pattern.compile("ACK to private address .*not seen arriving"));
    assertAccessible(page);
  }

  @Test
  void foldedRetransmissionsAreUnfoldedByEnter() {
    show(CALL, "?m=11");
    assertThat(rows()).hasCount(18);
    page.keyboard().press("Enter");
    assertThat(rows()).hasCount(27);
    page.keyboard().press("Enter");
    assertThat(rows()).hasCount(18);
  }

  @Test
  void keysAloneLeadFromTheListToAComparisonAndBack() {
    page.navigate(node.uri("/").toString());
    assertThat(page.locator("tr[data-key='" + CALL + "']")).hasCount(1);
    while (page.locator("tr[aria-selected=true][data-key='" + CALL + "']").count() == 0) {
      page.keyboard().press("j");
    }
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile("/dialogs/a84b4c76e66710%40"));
    assertThat(row("1")).hasAttribute("aria-current", "true");
    page.keyboard().press(" ");
    page.keyboard().press("j");
    page.keyboard().press("j");
    var inspector = inspector();
    assertThat(tab("Compare")).hasAttribute("aria-selected", "true");
    assertThat(inspector).containsText("#1 INVITE");
    assertThat(inspector.locator("tbody mark").first()).containsText("branch=z9hG4bKa");
    assertThat(inspector).containsText("1 line of 16 differ.");
    page.keyboard().press("Escape");
    assertThat(inspector).containsText("Choose another message");
    page.keyboard().press("1");
    assertThat(tab("Message")).hasAttribute("aria-selected", "true");
    page.keyboard().press("Escape");
    assertThat(page.getByRole(AriaRole.GRID)).isVisible();
  }

  @Test
  void aMessageIsComparedWithTheOneThatCtrlAndAClickChose() {
    show(CALL, "?m=1");
    row("3").locator("a").click(new Locator.ClickOptions().setModifiers(ctrl()));
    assertThat(page).hasURL(Pattern.compile("m=1&c=3&tab=compare"));
    assertThat(inspector()).containsText("#3 INVITE");
    assertAccessible(page);
  }

  private static List<KeyboardModifier> ctrl() {
    return List.of(KeyboardModifier.CONTROL);
  }

  @Test
  void aTransactionIsLitWhereThePointerIsAndADialogWithShift() {
    show(CALL, "");
    row("1").locator("a").hover();
    assertThat(page.locator("g.kin")).hasCount(5); // INVITE, 100, 180, 200 and its copies
    page.keyboard().down("Shift");
    assertThat(page.locator("g.kin[data-row='1']")).hasCount(1);
    assertThat(page.locator("g.kin[data-row='2']")).hasCount(1);
    assertThat(page.locator("g.kin[data-row='6']")).hasCount(0); // it has a To-tag
    page.keyboard().up("Shift");
  }

  @Test
  void timesAreToldInFourWaysAndHostsByTheirPorts() {
    show(CALL, "?m=4");
    assertThat(rows()).hasCount(18);
    assertThat(row("4").locator(".time")).hasText("0.031");
    page.keyboard().press("w");
    assertThat(row("4").locator(".time")).hasText(Pattern.compile("\\d\\d:\\d\\d:52\\.103"));
    page.keyboard().press("w");
    assertThat(row("4").locator(".time")).hasText("+0.027");
    page.keyboard().press("w");
    assertThat(row("4").locator(".time")).hasText("+0.027");
    assertThat(row("3").locator(".time")).hasText("0.000");
    page.keyboard().press("s");
    assertThat(page.locator(".heads text.address").first()).hasText("198.51.100.24:5060");
    page.keyboard().press("d");
    assertThat(page).hasURL(Pattern.compile("m=4&time=transaction&sdp=off&split="));
    page.reload();
    assertThat(page.locator(".heads text.address").first()).hasText("198.51.100.24:5060");
    assertThat(row("3").locator(".note")).hasCount(0);
  }

  @Test
  void aLongLadderIsDrawnInPartsAndItsLastMessageIsReached() {
    show(LONG, "");
    assertThat(row("1")).isVisible();
    assertTrue(rows().count() < 2 * LONG_PAIRS, "all of it is drawn");
    page.locator(".scroller").evaluate("scroller => scroller.scrollTop = scroller.scrollHeight");
    assertThat(row(String.valueOf(2 * LONG_PAIRS))).isVisible();
    assertThat(row("1")).hasCount(0);
    assertThat(page.locator(".heads text.name").first()).isVisible();
  }

  @Test
  void theTableHasTheMessagesOfTheLadder() {
    show(CALL, "?m=7");
    page.getByText("Show as table").click();
    assertThat(page.locator("tbody tr")).hasCount(54);
    assertThat(page.locator("tr[aria-current]")).containsText("200 OK");
    assertAccessible(page);
  }

  @Test
  void theLadderIsShownAsItWasKnownAtAMoment() {
    show(GROWING, "");
    assertThat(rows()).hasCount(4);
    var slider = page.getByRole(AriaRole.SLIDER);
    slider.focus();
    page.keyboard().press("Home");
    assertThat(rows()).hasCount(1);
    assertThat(page).hasURL(Pattern.compile("at=20"));
    page.reload();
    assertThat(rows()).hasCount(1);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Now")).click();
    assertThat(rows()).hasCount(4);
  }

  @Test
  void severalDialogsAreOneLadderWithALetterEach() {
    show(CALL, "?with=" + NodeApi.encoded(OTHER));
    assertThat(rows()).hasCount(22);
    assertThat(page.getByLabel("Dialogs in this ladder")).containsText(OTHER);
    assertThat(row("1-1").locator(".leg")).hasText(Pattern.compile("B\\s*"));
    row("1-2").locator("a").click();
    assertThat(inspector()).containsText("Call-ID: " + OTHER);
    assertAccessible(page);
    page.getByLabel("Take B out of this ladder").click();
    assertThat(rows()).hasCount(18);
  }

  @Test
  void relatedCallsAreShownWithWhatJoinsThemAndAreDrawnWhenChosen() {
    show(CALL, "");
    page.getByText("Related calls").click();
    var sheet = page.getByRole(AriaRole.DIALOG);
    assertThat(sheet).containsText(LEG);
    assertThat(sheet).containsText("X-Call-ID");
    assertThat(sheet).containsText("98 %");
    sheet.getByRole(AriaRole.CHECKBOX).check();
    assertThat(page).hasURL(Pattern.compile("with=a-leg"));
    assertAccessible(page);
    page.keyboard().press("Escape");
    assertThat(rows()).hasCount(19);
    assertThat(row("1-1").locator(".leg")).hasText(Pattern.compile("B\\s*"));
    page.keyboard().press("x");
    assertThat(rows()).hasCount(18);
  }

  @Test
  void aVerdictSaysWhereWhatToCheckAndByWhichRule() {
    page.route(
        "**/ladder",
        route -> {
          var answer = page.request().get(route.request().url()).text();
          var verdict =
              """
              "verdict": {"level": "bad", "title": "Dropped", "detail": "", "evidence": [7],
                "rule": "missing-ack", "version": 2, "where": "at edge-1", "check": "its Contact",
                "notes": [{"seq": 7, "text": "Contact is private"}]},
              "legs":\
              """;
          route.fulfill(
              new Route.FulfillOptions()
                  .setContentType("application/json")
                  .setBody(answer.replaceFirst("\"legs\":", verdict)));
        });
    page.route(
        "**/api/verdict/rules",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                        """
                        {"rules": [{"rule": "missing-ack", "version": 2, "level": "bad",
                                    "when": "A final answer is repeated.", "check": "NAT"}]}
                        """)));
    show(CALL, "");
    var card = page.getByLabel("Verdict");
    assertThat(card).containsText("at edge-1");
    assertThat(card).containsText("its Contact");
    card.getByText("#7 Contact is private").click();
    assertThat(row("7")).hasAttribute("aria-current", "true");
    assertThat(inspector().locator("pre mark"))
        .hasText("Contact: <sip:351210000188@10.20.4.17:5060>");
    card.getByText("missing-ack v2").click();
    assertThat(card).containsText("A final answer is repeated.");
    assertAccessible(page);
  }

  @Test
  void aDialogThatIsNotKnownSaysSo() {
    show("nobody@example.com", "");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("This dialog is not known");
    complaints.removeIf(told -> told.contains("404")); // the browser tells of every such answer
    assertEquals(List.of(), complaints);
  }

  private void show(String callId, String search) {
    page.navigate(node.uri("/dialogs/" + NodeApi.encoded(callId) + search).toString());
  }

  private Locator rows() {
    return page.locator("svg.arrows > g[role=listitem]");
  }

  private Locator row(String id) {
    return page.locator("g[data-row='" + id + "']");
  }

  private Locator inspector() {
    return page.getByRole(
        AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Message inspector"));
  }

  private Locator tab(String name) {
    return page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name));
  }
}
