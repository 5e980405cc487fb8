package io.sipscope.node.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.sipscope.node.Mi;
import io.sipscope.node.TestNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes, events and agents: the pages that tell how the cluster is.
class ClusterPageIT extends PageTest {
  private static final String HOSTILE = "<script>document.title='owned'</script>";

  private static TestNode node;

  @BeforeAll
  static void start(@TempDir Path folder) {
    node = TestNode.start("sipscope.data-dir = \"" + folder + "\"");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private Locator capturing() {
    return page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName("Capturing"));
  }

  private static Locator table(Page shown, String name) {
    return shown.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName(name));
  }

  @Test
  void theClusterPageIsAccessibleInBothThemes() {
    assertAccessibleInBothThemes(
        node.uri("/cluster"),
        shown -> {
          assertThat(shown.getByText("This node is alone")).isVisible();
          assertThat(shown.getByText("This node takes traffic")).isVisible();
        });
  }

  @Test
  void aNodeIsListedWithWhatIsKnownOfIt() {
    page.navigate(node.uri("/cluster").toString());
    var row = table(page, "Nodes").locator("tbody tr");
    assertThat(row).hasCount(1);
    assertThat(row).containsText("Up, leader");
    assertThat(row).containsText("MB");
    assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Membership")))
        .containsText("1 member");
  }

  @Test
  void capturingIsStoppedOnceThatWasConfirmed() throws Exception {
    page.navigate(node.uri("/cluster").toString());
    capturing().focus();
    page.keyboard().press("Space");
    page.keyboard().press("Tab");
    page.getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop capturing").setExact(true))
        .click();
    assertThat(capturing()).hasAttribute("aria-checked", "false");
    var mi = new Mi(node);
    assertEquals("{\"SIP capturing\":\"off\"}", mi.result("sip_capture", "{}"));
    capturing().click();
    assertThat(capturing()).hasAttribute("aria-checked", "true");
    assertEquals("{\"SIP capturing\":\"on\"}", mi.result("sip_capture", "{}"));
  }

  @Test
  void thatTheServerIsAwayIsSaidWhileWhatWasKnownStays() {
    page.navigate(node.uri("/cluster").toString());
    assertThat(table(page, "Nodes")).isVisible();
    page.route("**/api/cluster", Route::abort);
    assertThat(page.getByText("Trying again").first()).isVisible();
    assertThat(table(page, "Nodes")).isVisible();
    page.unroute("**/api/cluster");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try now")).click();
    assertThat(page.getByText("Trying again")).hasCount(0);
    complaints.removeIf(told -> told.contains("ERR_FAILED"));
  }

  @Test
  void withoutAgentsThePageSaysHowToSendTraffic() {
    page.route("**/api/agents", route -> answer(route, "{\"agents\":[],\"sources\":[]}"));
    page.navigate(node.uri("/agents").toString());
    assertThat(page.getByText("No agent was heard yet")).isVisible();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("heplify")).click();
    assertThat(page.locator("pre")).containsText("heplify -i any -m SIP -hs 127.0.0.1:");
  }

  @Test
  void anAgentIsShownWhateverItCallsItself() {
    page.route(
        "**/api/agents",
        route ->
            answer(
                route,
                """
                {"agents":[{"name":"%s","node":"pekko://s@10.0.0.1:7355","address":"192.0.2.1:9060",
                  "authenticated":true,"messages":1284,"gaps":2,"dropped":3,"droppedBy":{"%s":3},
                  "lastSeenAt":"2023-11-14T22:13:20.000000000Z","clockOffsetMs":-1234.5,"rate":12.5}],
                 "sources":[{"kind":"ami","name":"%s","condition":"failed","detail":"%s",
                  "since":"2023-11-14T22:13:20Z","received":5,"malformed":1,"dropped":0,
                  "lastAt":null,"node":"pekko://s@10.0.0.1:7355"}]}
                """
                    .formatted(HOSTILE, HOSTILE, HOSTILE, HOSTILE)));
    page.navigate(node.uri("/agents").toString());
    var row = table(page, "Capture agents").locator("tbody tr");
    assertThat(row).containsText(HOSTILE);
    assertThat(row).containsText("1,284");
    assertThat(row).containsText("−1.2 s");
    assertThat(table(page, "Sources")).containsText("Failed");
    assertThat(page).hasTitle("Agents · Sipscope");
    assertAccessible(page);
  }

  private static void answer(Route route, String json) {
    route.fulfill(new Route.FulfillOptions().setContentType("application/json").setBody(json));
  }
}
