package io.sipscope.node.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.sipscope.node.NodeApi;
import io.sipscope.node.TestNode;
import io.sipscope.node.ingest.Messages;
import io.sipscope.node.ingest.Pcaps;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes through all pages, from the list to a message, and what strangers wrote.
class BrowserIT extends PageTest {
  private static final String CALL_ID = "in-the-browser@example.com";
  private static final String HOSTILE = "<script>document.title='owned'</script>@example.com";

  private static TestNode node;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    node = TestNode.start("sipscope.data-dir = \"" + folder + "\"");
    node.importCapture(
        Pcaps.of(
            Messages.options(CALL_ID, 1), Messages.options(CALL_ID, 2), Messages.options(HOSTILE)));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void anImportedCallIsInTheListAndItsLadderShowsTheMessageOfAnArrow() {
    page.navigate(node.uri("/").toString());
    var row = page.locator("tr[data-key='" + CALL_ID + "']");
    assertThat(row).containsText("OPTIONS");
    row.locator("td").nth(5).click();
    assertThat(page).hasURL(node.uri("/dialogs/in-the-browser%40example.com").toString());
    var arrows = page.locator("svg g[role=listitem]");
    assertThat(arrows).hasCount(2);
    arrows.nth(1).locator("a").click();
    var inspector =
        page.getByRole(
            AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Message inspector"));
    assertThat(inspector).containsText("CSeq: 2 OPTIONS");
    assertThat(inspector).containsText("Call-ID: " + CALL_ID);
  }

  @Test
  void whatAStrangerWroteIsShownAndNotRun() {
    page.navigate(node.uri("/").toString());
    assertThat(page.getByRole(AriaRole.GRID).locator("tr[data-key^='<script>']")).hasCount(1);
    page.navigate(node.uri("/dialogs/" + NodeApi.encoded(HOSTILE)).toString());
    page.locator("svg g[role=listitem] a").first().click();
    assertThat(
            page.getByRole(
                AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Message inspector")))
        .containsText(HOSTILE);
    assertEquals(-1, page.title().indexOf("owned"));
  }

  @Test
  void theLivePageShowsWhatComesInWhileItIsOpen() {
    page.navigate(node.uri("/live").toString());
    NodeApi.eventually(
        () -> {
          node.sendUdp(Messages.hep3(Messages.options("live-in-the-browser"), System.nanoTime()));
          assertThat(page.locator("body"))
              .containsText(
                  "live-in-the-browser",
                  new com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions()
                      .setTimeout(500));
          return null;
        });
  }

  @Test
  void thatTheStoreIsAwayIsSaidAboveThePageUntilItIsBack() {
    var sentence = "The store does not answer. 12 messages wait for it; the spool has 0 bytes.";
    page.route(
        "**/ready",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(503)
                    .setContentType("text/plain")
                    .setBody(sentence + "\n")));
    page.navigate(node.uri("/").toString());
    var banner = page.getByRole(AriaRole.ALERT);
    assertThat(banner).hasText(sentence);
    assertThat(page.getByRole(AriaRole.GRID)).isVisible();
    page.unroute("**/ready");
    assertThat(banner).hasCount(0);
    complaints.removeIf(told -> told.contains("503")); // the browser tells of every such answer
  }
}
