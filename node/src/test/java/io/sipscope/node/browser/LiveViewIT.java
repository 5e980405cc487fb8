package io.sipscope.node.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sipscope.node.Sip;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What of the traffic is looked at: a time on the strip, columns, a row.
class LiveViewIT extends LivePageTest {
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
}
