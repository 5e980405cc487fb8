package io.sipscope.node.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.sipscope.node.Mi;
import io.sipscope.node.NodeApi;
import io.sipscope.node.TestNode;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events as they happen, and who is told of them.
class EventsPageIT extends PageTest {
  private static final String HOSTILE = "<img src=x onerror=document.title='owned'>";
  private static final String NOBODY = "udp:127.0.0.1:9";
  private static final String EVENTS = "**/api/events?*";

  private static TestNode node;
  private static Mi mi;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    node = TestNode.start("sipscope.data-dir = \"" + folder + "\"");
    mi = new Mi(node);
    for (var event : new String[] {"E_CORE_THRESHOLD", "E_CORE_TCP_DISCONNECT"}) {
      subscribe(event, NOBODY, 3600);
    }
    raise("E_CORE_THRESHOLD", "first");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static void subscribe(String event, String socket, int seconds) throws Exception {
    assertEquals(
        "\"OK\"",
        mi.result(
            "event_subscribe",
            "{\"event\":\"%s\",\"socket\":\"%s\",\"expire\":\"%d\"}"
                .formatted(event, socket, seconds)));
  }

  /// @param extra as JSON writes it between quotes
  private static void raise(String event, String extra) throws Exception {
    var params = "{\\\"source\\\":\\\"test\\\",\\\"extra\\\":\\\"" + extra + "\\\"}";
    assertEquals(
        "\"OK\"",
        mi.result("raise_event", "{\"event\":\"%s\",\"params\":\"%s\"}".formatted(event, params)));
  }

  private void opened(String path) {
    page.navigate(node.uri(path).toString());
    assertThat(
            page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Events")).first())
        .isVisible();
  }

  private void listening(String search) {
    opened("/events" + search);
    assertThat(page.getByText("Listening")).isVisible();
  }

  private Locator rows() {
    return page.locator("[role=grid] [role=row][data-row]");
  }

  private Locator row(String text) {
    return rows().filter(new Locator.FilterOptions().setHasText(text));
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static String subscribers(String event) throws Exception {
    return mi.result("subscribers_list", "{\"event\":\"" + event + "\"}");
  }

  @Test
  void everyPartIsAccessibleInBothThemes() {
    assertAccessibleInBothThemes(
        node.uri("/events"),
        shown -> {
          assertThat(shown.getByRole(AriaRole.GRID)).isVisible();
          assertThat(shown.getByText("Listening")).isVisible();
          shown.keyboard().press("j");
          assertThat(shown.locator("aside dl")).isVisible();
        });
    for (var part : new String[] {"subscriptions", "alerts", "status"}) {
      assertAccessibleInBothThemes(
          node.uri("/events/" + part),
          shown ->
              assertThat(shown.locator("main .scroll, main table").first())
                  .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(15_000)));
    }
  }

  @Test
  void anEventIsShownWhenItHappensAndOpensToItsParametersWhateverTheyAre() throws Exception {
    listening("");
    raise("E_CORE_THRESHOLD", HOSTILE + "\\\\u0000\\\\u001b[31m");
    var told = row("onerror");
    assertThat(told).hasCount(1);
    assertThat(told).containsText("E_CORE_THRESHOLD");
    told.click();
    var open = page.getByRole(AriaRole.COMPLEMENTARY);
    assertThat(open.locator("dd").last()).hasText(HOSTILE + "␀␛[31m");
    assertThat(page.locator("img")).hasCount(0);
    assertThat(page).hasTitle("Events · Sipscope");
    page.keyboard().press("Escape");
    assertThat(open).hasCount(0);
  }

  @Test
  void whatHappensWhileTheViewIsPausedWaits() throws Exception {
    listening("?text=paused");
    page.keyboard().press("Space");
    assertThat(page.getByText("Paused")).isVisible();
    raise("E_CORE_THRESHOLD", "paused one");
    assertThat(button("1 new")).isVisible();
    assertThat(row("paused one")).hasCount(0);
    page.keyboard().press("Space");
    assertThat(row("paused one")).hasCount(1);
  }

  @Test
  void namesAndTextNarrowWhatIsShownAndAreInTheAddress() throws Exception {
    listening("");
    raise("E_CORE_TCP_DISCONNECT", "narrow other");
    raise("E_CORE_THRESHOLD", "narrow this");
    assertThat(row("narrow")).hasCount(2);
    page.getByText("All events").click();
    var all = page.getByLabel("All but profiling and the log");
    all.press("Space");
    assertThat(all).isChecked();
    page.getByLabel("E_CORE_TCP_DISCONNECT").check();
    assertThat(all).not().isChecked();
    assertThat(page).hasURL(Pattern.compile("names=E_CORE_TCP_DISCONNECT$"));
    assertThat(row("narrow")).hasCount(1);
    assertThat(row("narrow other")).hasCount(1);
    page.keyboard().press("Escape");
    page.keyboard().press("/");
    page.keyboard().type("nothing like it");
    assertThat(page.getByText("No event fits")).isVisible();
    assertThat(page).hasURL(Pattern.compile("text=nothing"));
  }

  @Test
  void aNameThatIsNoneIsToldSo() {
    opened("/events?names=E_CORE_THRESHOLD,E_NONE");
    assertThat(page.getByText("There is no event E_NONE")).isVisible();
    button("All events").click();
    assertThat(page.getByText("Listening")).isVisible();
  }

  /// Every line of events ends as soon as it has said so much.
  private void breakAfter(String said) {
    page.route(
        EVENTS,
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("text/event-stream").setBody(said)));
  }

  @Test
  void aBrokenLineIsToldWithItsNextTryAndAGapIsNamed() {
    breakAfter("event: gap\ndata: {\"count\":3}\n\n");
    opened("/events");
    assertThat(page.locator(".lost")).containsText("Connection lost. Trying again");
    page.unroute(EVENTS);
    button("Try now").click();
    assertThat(page.locator(".lost")).containsText("Some events are missing in this list");
    button("Close").click();
    assertThat(page.locator(".lost")).hasCount(0);
  }

  @Test
  void whatHappensBeforeTheFirstLineStandsIsShownOnceItDoes() throws Exception {
    breakAfter("retry: 2000\n\n");
    opened("/events");
    assertThat(page.locator(".lost")).containsText("Connection lost. Trying again");
    assertThat(rows().first()).isVisible();
    // what happens seldom is remembered though nobody watches
    subscribe("E_CORE_PKG_THRESHOLD", NOBODY, 60);
    raise("E_CORE_PKG_THRESHOLD", "while it was away");
    page.unroute(EVENTS);
    button("Try now").click();
    assertThat(row("while it was away")).hasCount(1);
  }

  @Test
  void aSubscriptionIsMadeRefreshedAndEnded() throws Exception {
    opened("/events/subscriptions");
    button("Subscribe").click();
    page.getByLabel("Event", new Page.GetByLabelOptions().setExact(true)).fill("E_CORE_LOG");
    page.getByLabel("Told to").fill("carrier-pigeon:home");
    button("Subscribe").last().click();
    assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
    page.getByLabel("Event", new Page.GetByLabelOptions().setExact(true))
        .fill("E_CORE_SHM_THRESHOLD");
    page.getByLabel("Told to").fill(NOBODY);
    page.getByLabel("Seconds until it expires").fill("61");
    button("Subscribe").last().click();
    var row =
        page.locator("tbody tr", new Page.LocatorOptions().setHasText("E_CORE_SHM_THRESHOLD"));
    assertThat(row).containsText(Pattern.compile("(1 min|\\d+ s) left"));
    assertThat(row).containsText(Pattern.compile("5\\d s left"));
    button("Refresh E_CORE_SHM_THRESHOLD to " + NOBODY).click();
    assertThat(row).containsText(Pattern.compile("1 min( 1 s)? left|59 s left"));
    assertThat(page.locator("pre")).containsText("event_subscribe");
    button("End E_CORE_SHM_THRESHOLD to " + NOBODY).click();
    NodeApi.eventually(
        () -> {
          assertEquals(false, subscribers("E_CORE_SHM_THRESHOLD").contains(NOBODY));
          return null;
        });
    assertThat(row).hasCount(0);
  }

  @Test
  void whatBecameOfTheEventsOfASocketIsShown() throws Exception {
    var socket = "udp:127.0.0.1:10";
    subscribe("E_CORE_PKG_THRESHOLD", socket, 3600);
    raise("E_CORE_PKG_THRESHOLD", "counted");
    opened("/events/subscriptions");
    var cells =
        page.locator("tbody tr", new Page.LocatorOptions().setHasText(socket)).locator("td");
    assertThat(cells.nth(2)).hasText("1");
    assertThat(cells.nth(3)).hasText("0");
  }

  @Test
  void anEventIsRaisedByHandAndOneThatNobodyWantsIsRefused() {
    opened("/events/subscriptions");
    page.keyboard().press("r");
    page.getByLabel("Event", new Page.GetByLabelOptions().setExact(true))
        .fill("E_CORE_TCP_DISCONNECT");
    page.getByLabel("Parameters").fill("by hand\nsecond");
    button("Raise").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    page.keyboard().press("r");
    page.getByLabel("Event", new Page.GetByLabelOptions().setExact(true)).fill("E_NONE");
    button("Raise").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Event not registered");
    page.keyboard().press("Escape");
    listening("?text=hand");
    row("by hand").click();
    assertThat(page.locator("aside dl")).hasText(Pattern.compile("1\\s*by hand\\s*2\\s*second"));
  }

  @Test
  void theStatusOfThePartsAndTheirReportsAreShown() {
    opened("/events/status");
    assertThat(
            page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName("Status").setExact(true)))
        .containsText("running");
    assertThat(
            page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName("Reports").setExact(true)))
        .containsText("initialization completed");
  }
}
