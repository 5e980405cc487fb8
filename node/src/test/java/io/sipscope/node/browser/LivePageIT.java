package io.sipscope.node.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.sipscope.node.NodeApi;
import io.sipscope.node.Sip;
import io.sipscope.node.TestNode;
import io.sipscope.node.ingest.Messages;
import io.sipscope.protocol.capture.Nanos;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The page that follows what is stored, with a mouse and without one.
class LivePageIT extends PageTest {
  private static final String HOSTILE = "<img src=x onerror=document.title='owned'>@example.com";

  private static TestNode node;

  @BeforeAll
  static void start(@TempDir Path folder) {
    node =
        TestNode.start(
            "sipscope.data-dir = \""
                + folder
                + "\"\n"
                + "sipscope.trunks { meridian = [\"10.0.0.2\"], elsewhere = [\"192.0.2.0/24\"] }");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  /// Follows the traffic of one test.
  @BeforeEach
  void plain() {
    page.setDefaultTimeout(20_000);
  }

  private static long now() {
    return Nanos.of(Clock.systemUTC().instant());
  }

  private static void send(Sip call, int from, int to) throws IOException {
    for (int i = from; i <= to; i++) {
      node.sendUdp(call.request(i, "INFO", i, "b"));
    }
  }

  /// Opens the page and waits until it follows: what is sent from now on, it shows.
  private void follow(String search) {
    page.navigate(node.uri("/live" + search).toString());
    assertThat(page.locator(".state")).hasText(Pattern.compile("Receiving|Waiting for packets"));
  }

  private Locator rows() {
    return page.locator("[role=row][data-row]");
  }

  private Locator filter() {
    return page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Filter"));
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /// The CSeq numbers in the rows, from the top.
  private List<Integer> shown() {
    return rows().locator("[role=gridcell]:nth-child(6)").allTextContents().stream()
        .map(text -> Integer.valueOf(text.strip().replaceFirst(" .*", "")))
        .toList();
  }

  @Test
  void whatComesInIsShownNewestFirstWithItsTrunk() throws Exception {
    var call = new Sip("followed@live", now());
    follow("?call-id=followed@live");
    send(call, 1, 5);
    assertThat(rows()).hasCount(5);
    assertEquals(List.of(5, 4, 3, 2, 1), shown());
    assertThat(rows().first()).containsText("meridian");
    assertThat(page.getByRole(AriaRole.GRID)).hasAttribute("aria-rowcount", "6");
    assertThat(rows().first()).hasAttribute("aria-rowindex", "2");
  }

  @Test
  void aPauseKeepsTheRowsStillAndResumingShowsAllThatCameMeanwhileInOrder() throws Exception {
    var call = new Sip("paused@live", now());
    follow("?call-id=paused@live");
    send(call, 1, 2);
    assertThat(rows()).hasCount(2);
    page.keyboard().press("Space");
    assertThat(page.locator(".state")).hasText("Paused; capture goes on");
    send(call, 3, 300);
    assertThat(button("298 new")).isVisible();
    assertEquals(List.of(2, 1), shown());
    page.keyboard().press("Space");
    assertThat(page.getByRole(AriaRole.GRID)).hasAttribute("aria-rowcount", "301");
    assertEquals(
        IntStream.iterate(300, i -> i - 1).limit(10).boxed().toList(), shown().subList(0, 10));
    page.locator(".table").evaluate("table => (table.scrollTop = table.scrollHeight)");
    assertThat(rows().last()).hasAttribute("aria-rowindex", "301");
    var oldest = shown();
    assertEquals(1, oldest.getLast());
    for (int i = 1; i < oldest.size(); i++) {
      assertEquals(oldest.get(i - 1) - 1, oldest.get(i), oldest::toString);
    }
    page.keyboard().press("j");
    page.keyboard().press("End");
    assertThat(rows().last()).hasAttribute("aria-selected", "true");
  }

  @Test
  void aBrokenLineIsToldWithItsNextTryAndNothingIsMissingAfterwards() throws Exception {
    var call = new Sip("broken@live", now());
    try (var other = open(ColorScheme.LIGHT)) {
      other.navigate(node.uri("/live").toString()); // while somebody follows, the node remembers
      assertThat(other.locator(".state")).hasText(Pattern.compile("Receiving|Waiting for packets"));
      send(call, 1, 3);
      var last = NodeApi.eventually(() -> node.messages("broken@live").required(2));
      page.route(
          "**/api/live*",
          route ->
              route.fulfill(
                  new Route.FulfillOptions()
                      .setContentType("text/event-stream")
                      .setBody("id: 3/broken@live\nevent: sip:traffic\ndata: " + last + "\n\n")));
      page.navigate(node.uri("/live?call-id=broken@live").toString());
      assertThat(page.locator(".lost")).containsText("Connection lost. Trying again");
      assertThat(page.locator(".rows.dimmed")).hasCount(1);
      send(call, 4, 9);
      NodeApi.eventually(() -> node.messages("broken@live").required(8));
      page.unroute("**/api/live*");
      button("Try now").click();
      assertThat(rows()).hasCount(9);
      assertEquals(List.of(9, 8, 7, 6, 5, 4, 3, 2, 1), shown());
      assertThat(page.locator(".lost")).hasCount(0);
    }
  }

  @Test
  void aGapIsFilledFromTheStoreInOrder() throws Exception {
    var call = new Sip("gap@live", now());
    send(call, 1, 9);
    NodeApi.eventually(() -> node.messages("gap@live").required(8));
    var all = node.messages("gap@live");
    page.route(
        "**/api/messages*limit=200*",
        route -> route.fulfill(answer("{\"messages\":[],\"next\":null}")));
    page.route(
        "**/api/live*",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/event-stream")
                    .setBody(
                        event(all.path(0))
                            + "event: sip:gap\ndata: {\"count\":7}\n\n"
                            + event(all.path(8)))));
    page.navigate(node.uri("/live?call-id=gap@live").toString());
    assertThat(rows()).hasCount(9);
    assertEquals(List.of(9, 8, 7, 6, 5, 4, 3, 2, 1), shown());
  }

  private static Route.FulfillOptions answer(String json) {
    return new Route.FulfillOptions().setContentType("application/json").setBody(json);
  }

  private static String event(JsonNode message) {
    return "id: "
        + message.path("seq").asInt()
        + "/gap@live\nevent: sip:traffic\ndata: "
        + message
        + "\n\n";
  }

  @Test
  void aFilterIsTypedCompletedAndTakenOffByTheKeyboardAlone() throws Exception {
    var call = new Sip("typed@live", now());
    node.sendUdp(call.request(1, "INVITE", 1, ""));
    node.sendUdp(call.reply(2, 486, "INVITE", 1));
    follow("?call-id=typed@live");
    assertThat(rows()).hasCount(2);
    page.keyboard().press("/");
    assertThat(filter()).isFocused();
    page.keyboard().type("stat");
    assertThat(page.getByRole(AriaRole.OPTION))
        .hasText(new String[] {"status:answered so: 486, or 4xx"});
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Enter");
    assertThat(filter()).hasValue("status:");
    page.keyboard().type("48");
    page.keyboard().press("ArrowDown");
    assertEquals("filter-offer-0", filter().getAttribute("aria-activedescendant"));
    page.keyboard().press("Escape");
    page.keyboard().type("6");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile("status=486"));
    assertThat(rows()).hasCount(1);
    assertThat(rows()).containsText("486");
    page.keyboard().press("Backspace");
    assertThat(page).not().hasURL(Pattern.compile("status"));
    assertThat(rows()).hasCount(2);
  }

  @Test
  void aFilterThatMakesNoSenseIsRefusedAtTheFieldWithTheServersReason() {
    page.navigate(node.uri("/live?phase=nonsense").toString());
    assertThat(page.locator("#refused")).containsText("\"phase\" is \"nonsense\" (wanted:");
    assertThat(filter()).hasAttribute("aria-invalid", "true");
    assertThat(page.getByText("These filters make no sense")).isVisible();
    page.navigate(node.uri("/live?caller=alice").toString());
    assertThat(page.locator("#refused")).containsText("There is no filter \"caller\"");
    page.navigate(node.uri("/live").toString());
    filter().fill("start:yesterday");
    filter().press("Enter");
    assertThat(page.locator("#refused")).containsText("yesterday is no time");
    complaints.removeIf(told -> told.contains("400"));
  }

  /// A stream that says what one of 5,000 messages a second would.
  private static final String SAMPLED_STREAM =
      """
      window.EventSource = class extends EventTarget {
        constructor(url) {
          super();
          window.streamed = url;
          setTimeout(() => {
            this.onopen();
            const data = JSON.stringify({ matched: 5000, shown: 600, share: 0.12 });
            this.dispatchEvent(new MessageEvent('sip:rate', { data }));
          });
        }
        close() {}
      };
      """;

  @Test
  void aSampleIsToldAsWhatItIs() {
    page.addInitScript(SAMPLED_STREAM);
    page.navigate(node.uri("/live").toString());
    assertThat(page.getByText("Showing 12 % of 5,000 msg/s, whole calls")).isVisible();
    assertTrue(page.evaluate("() => window.streamed").toString().contains("rate=2000"));
  }

  @Test
  void aDragOnTheStripChoosesATimeThatIsThenReadAndEscapeFollowsAgain() throws Exception {
    var before = new Sip("strip@live", now() - 300_000_000_000L);
    send(before, 1, 3);
    follow("?text=strip@live");
    assertThat(rows()).hasCount(3);
    send(new Sip("strip@live", now()), 4, 4);
    assertThat(rows()).hasCount(4);
    var strip = page.locator(".strip svg").boundingBox();
    double y = strip.y + 20;
    page.mouse().move(strip.x + strip.width * 0.5, y);
    page.mouse().down();
    page.mouse().move(strip.x + strip.width * 0.7, y);
    page.mouse().move(strip.x + strip.width * 0.9, y);
    page.mouse().up();
    assertThat(page).hasURL(Pattern.compile("start=20.*&end=20"));
    assertThat(rows()).hasCount(3);
    assertThat(page.getByText("3 stored messages of this time")).isVisible();
    page.reload();
    assertThat(rows()).hasCount(3);
    page.keyboard().press("Escape");
    assertThat(page).not().hasURL(Pattern.compile("start="));
    assertThat(rows()).hasCount(4);
  }

  @Test
  void theStripsEdgesAreMovedByKeys() {
    follow("");
    var from = page.getByRole(AriaRole.SLIDER, new Page.GetByRoleOptions().setName("From"));
    from.focus();
    page.keyboard().press("PageUp");
    page.keyboard().press("ArrowRight");
    assertThat(page).hasURL(Pattern.compile("start=20"));
    assertThat(page).not().hasURL(Pattern.compile("end="));
    long start = Long.parseLong(from.getAttribute("aria-valuenow"));
    assertTrue(start > Long.parseLong(from.getAttribute("aria-valuemin")), "moved");
    var until = page.getByRole(AriaRole.SLIDER, new Page.GetByRoleOptions().setName("Until"));
    until.focus();
    page.keyboard().press("ArrowLeft");
    assertThat(page).hasURL(Pattern.compile("end=20"));
    page.keyboard().press("Escape");
    assertThat(page).hasURL(node.uri("/live").toString());
  }

  @Test
  void columnsAreChosenAndStayChosen() throws Exception {
    send(new Sip("columns@live", now()), 1, 1);
    follow("?call-id=columns@live");
    page.locator("summary", new Page.LocatorOptions().setHasText("Columns")).click();
    page.getByLabel("Agent").check();
    page.getByLabel("Bytes").uncheck();
    assertThat(page.getByRole(AriaRole.COLUMNHEADER))
        .hasText(
            new String[] {
              "Time", "Message", "From → to", "Trunk", "Call-ID", "CSeq", "Agent", "Source"
            });
    assertThat(page).hasURL(Pattern.compile("columns=.*agent"));
    page.navigate(node.uri("/live?call-id=columns@live").toString());
    assertThat(page.getByRole(AriaRole.COLUMNHEADER)).hasCount(8);
    assertThat(rows()).containsText("edge one");
  }

  @Test
  void aSelectedRowShowsItsMessageAndEnterItsLadder() throws Exception {
    var call = new Sip("opened@live", now());
    send(call, 1, 3);
    follow("?call-id=opened@live");
    assertThat(rows()).hasCount(3);
    page.keyboard().press("j");
    page.keyboard().press("ArrowDown");
    var inspector =
        page.getByRole(
            AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Message inspector"));
    assertThat(inspector).containsText(Pattern.compile("CSeq:\\s*2 INFO"));
    assertThat(page).hasURL(Pattern.compile("selected="));
    page.reload();
    assertThat(inspector).containsText(Pattern.compile("CSeq:\\s*2 INFO"));
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile("/dialogs/opened%40live"));
  }

  @Test
  void selectingRowsAsksTheNodeForNothingButTheirMessages() throws Exception {
    send(new Sip("still@live", now()), 1, 9);
    follow("?call-id=still@live");
    assertThat(rows()).hasCount(9);
    var streams = new AtomicInteger();
    page.onRequest(
        request -> {
          if (request.url().contains("/api/live")) {
            streams.incrementAndGet();
          }
        });
    for (int i = 0; i < 5; i++) {
      page.keyboard().press("j");
    }
    assertThat(page).hasURL(Pattern.compile("selected=5%2F"));
    assertEquals(0, streams.get());
  }

  @Test
  void whatAStrangerWroteIsShownAndNotRun() throws Exception {
    node.sendUdp(
        Messages.hep3(
            Messages.options(HOSTILE)
                .replace("To:", "User-Agent: <script>alert(1)</script>\r\nTo:"),
            now()));
    follow("?text=onerror");
    assertThat(rows()).containsText(HOSTILE);
    rows().first().locator("[role=gridcell]").nth(4).click();
    assertThat(
            page.getByRole(
                AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Message inspector")))
        .containsText("<script>alert(1)</script>");
    assertFalse(page.title().contains("owned"), page::title);
    assertEquals(0, page.locator("img").count());
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void thePageIsAccessibleInBothThemes(ColorScheme scheme) throws Exception {
    var callId = scheme + "@live";
    send(new Sip(callId, now()), 1, 3);
    try (var shown = open(scheme)) {
      shown.navigate(node.uri("/live?call-id=" + callId).toString());
      assertThat(shown.locator("[role=row][data-row]")).hasCount(3);
      assertAccessible(shown);
      shown.keyboard().press("j");
      assertThat(shown.locator("[aria-selected=true]").first()).isVisible();
      shown.keyboard().press("/");
      shown.keyboard().type("me");
      assertThat(shown.getByRole(AriaRole.OPTION).first()).isVisible();
      assertAccessible(shown);
    }
  }

  @Test
  void everyMessageOfABusySecondIsShown() throws Exception {
    int calls = 50;
    var sent = new ArrayList<Sip>();
    for (int i = 0; i < calls; i++) {
      sent.add(new Sip("busy-" + i + "@live", now()));
    }
    follow("?text=busy-");
    for (int message = 1; message <= 20; message++) {
      for (var call : sent) {
        send(call, message, message);
      }
    }
    NodeApi.eventually(
        () -> {
          assertEquals(
              String.valueOf(20 * calls + 1),
              page.getByRole(AriaRole.GRID).getAttribute("aria-rowcount"));
          return null;
        });
  }
}
