package io.sipscope.node.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
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

/// Values, what was recorded of them, and what is to be.
class StatisticsPageIT extends PageTest {
  private static TestNode node;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    node =
        TestNode.start(
            "sipscope.data-dir = \"" + folder + "\"\nsipscope.statistics.record.interval = 1s");
    node.importCapture(
        Pcaps.of(Messages.options("statistics-page"), Messages.options("statistics-page", 2)));
    NodeApi.eventually(
        () -> {
          var series = node.json("/api/statistics/history?names=core:rcv_requests&step=1s");
          var points = series.path("series").path(0).path("points");
          assertTrue(points.size() >= 3, points.toString());
          assertEquals(2, points.get(points.size() - 1).path("value").asLong());
          return null;
        });
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private void opened(String query) {
    page.navigate(node.uri("/statistics" + query).toString());
    assertThat(heading(page)).isVisible();
    assertThat(page.getByRole(AriaRole.TABLE)).isVisible();
  }

  private static Locator heading(Page shown) {
    return shown.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("All statistics"));
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void thePageIsAccessibleInBothThemes() {
    assertAccessibleInBothThemes(
        node.uri("/statistics"),
        shown -> {
          assertThat(heading(shown)).isVisible();
          // Two points of the chart's own step make a line: a node that has just started has one.
          assertThat(shown.getByRole(AriaRole.SLIDER))
              .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
        });
  }

  @Test
  void whatWasRecordedIsDrawnAndTheKeysTellItsValues() {
    opened("?names=ingest:received,dialog:active_dialogs");
    var chart = page.getByRole(AriaRole.SLIDER);
    assertThat(chart.locator("canvas")).isVisible();
    chart.focus();
    page.keyboard().press("End");
    page.keyboard().press("ArrowLeft");
    assertThat(chart)
        .hasAttribute("aria-valuetext", Pattern.compile("dialog:active_dialogs (0|—)"));
    page.keyboard().press("v");
    var table =
        page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Values of the chart"));
    assertThat(table.locator("tbody tr").first()).containsText(Pattern.compile("\\d\\d:\\d\\d"));
    assertTrue(table.locator("tbody tr").count() >= 1);
  }

  @Test
  void theRangeAndTheLinesAreInTheAddress() {
    opened("");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("7 d")).click();
    button("tm:UAS_transactions").click();
    assertThat(page).hasURL(Pattern.compile("range=7d.*names=.*tm%3AUAS_transactions"));
    assertThat(button("tm:UAS_transactions")).hasAttribute("aria-pressed", "true");
  }

  @Test
  void whatIsFoundBySlashIsLeftInTheTable() {
    opened("");
    page.keyboard().press("/");
    page.keyboard().type("final reply 2xx");
    assertThat(page.locator(".find [role=status]")).hasText(Pattern.compile("^\\d of \\d+$"));
    page.keyboard().press("ControlOrMeta+A");
    page.keyboard().type("ended with a 2xx");
    assertThat(page.getByRole(AriaRole.TABLE).locator("tbody td button.mono")).hasCount(1);
    assertThat(button("tm:2xx_transactions")).isVisible();
  }

  @Test
  void whatIsRecordedIsChosenHereForAllNodes() throws Exception {
    opened("?find=5xx_transactions");
    var box =
        page.getByRole(
            AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("Record tm:5xx_transactions"));
    assertThat(box).not().isChecked();
    box.focus();
    page.keyboard().press("Space");
    assertThat(box).isChecked();
    var told = new Mi(node).result("record_statistics", "{}");
    assertTrue(told.contains("\"tm:5xx_transactions\""), told);
    NodeApi.eventually(
        () -> {
          var history = node.json("/api/statistics/history?names=tm:5xx_transactions");
          assertTrue(!history.path("series").path(0).path("points").isEmpty(), history::toString);
          return null;
        });
    page.keyboard().press("Space");
    assertThat(box).not().isChecked();
  }

  @Test
  void aCounterIsResetOnceThatWasConfirmed() throws Exception {
    opened("?find=hep:");
    node.sendUdp(Messages.hep3(Messages.options("reset-me"), System.nanoTime()));
    NodeApi.eventually(
        () -> {
          assertEquals(
              1,
              node.json("/api/statistics?names=hep:version_3")
                  .at("/values/hep:version_3")
                  .asLong());
          return null;
        });
    var reset = button("Reset hep:version_3");
    reset.click();
    button("Cancel").click();
    assertEquals(
        1, node.json("/api/statistics?names=hep:version_3").at("/values/hep:version_3").asLong());
    reset.click();
    button("Reset").click();
    assertThat(page.locator("pre")).containsText("\"reset_statistics\"");
    assertThat(page.locator("pre .good")).hasText("\"OK\"");
    assertEquals(
        "{\"hep:version_3\":0}", new Mi(node).result("get_statistics", "[[\"version_3\"]]"));
  }
}
