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
import io.sipscope.node.ingest.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The traffic as it comes in, with a mouse and without one.
class LivePageIT extends LivePageTest {
  private static final String HOSTILE = "<img src=x onerror=document.title='owned'>@example.com";

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
