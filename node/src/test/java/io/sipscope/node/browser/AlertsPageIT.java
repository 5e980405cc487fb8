package io.sipscope.node.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.sipscope.node.TestNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alerts that are made, rise, are changed and go.
class AlertsPageIT extends PageTest {
  private static final String HOSTILE = "<img src=x onerror=document.title='owned'>";

  private static TestNode node;

  @BeforeAll
  static void start(@TempDir Path folder) {
    node =
        TestNode.start(
            "sipscope.data-dir = \"" + folder + "\"\nsipscope.statistics.record.interval = 1s");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private void opened() {
    page.navigate(node.uri("/events/alerts").toString());
    assertThat(page.locator("main .scroll")).isVisible();
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator field(String name) {
    return page.getByRole(AriaRole.DIALOG)
        .getByLabel(name, new Locator.GetByLabelOptions().setExact(true));
  }

  private Locator row(String name) {
    return page.locator("tbody tr", new Page.LocatorOptions().setHasText(name));
  }

  private void make(String name, String statistic, String bound) {
    page.keyboard().press("n");
    field("Name").fill(name);
    field("Statistic").fill(statistic);
    field("Bound").fill(bound);
    field("For so many seconds").fill("0");
    button("Save").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
  }

  @Test
  void anAlertIsMadeRisesIsChangedAndDeleted() throws Exception {
    opened();
    make("Many calls", "dialog:active_dialogs", "-1");
    var soon = new LocatorAssertions.ContainsTextOptions().setTimeout(15_000);
    assertThat(row("Many calls")).containsText("Raised", soon);
    assertThat(row("Many calls")).containsText("above -1");
    assertTrue(node.json("/api/alerts").toString().contains("Many calls"));
    button("Edit Many calls").click();
    assertThat(field("Name")).hasAttribute("readonly", "");
    field("Bound").fill("1e12");
    button("Save").click();
    assertThat(row("Many calls")).containsText("Within its bound", soon);
    button("Delete Many calls").click();
    button("Delete").last().click();
    assertThat(row("Many calls")).hasCount(0);
    assertFalse(node.json("/api/alerts").toString().contains("Many calls"));
  }

  @Test
  void whatIsRaisedIsToldAsAnEvent() {
    opened();
    make("Told", "dialog:active_dialogs", "-1");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Live").setExact(true))
        .last()
        .click();
    assertThat(page.locator("[role=grid]"))
        .containsText("name=Told", new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));
  }

  @Test
  void whatTheServerRefusesIsToldInTheFormWhateverItIs() {
    opened();
    page.keyboard().press("n");
    field("Name").fill(HOSTILE);
    field("Statistic").fill("dialog:active_dialogs");
    button("Save").click();
    assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
    assertThat(field("Name")).hasValue(HOSTILE);
    assertThat(page.locator("img")).hasCount(0);
    complaints.clear(); // the browser tells of the answer that refused it
  }

  @Test
  void theListAndTheFormAreAccessibleInBothThemes() {
    opened();
    make("Seen", "dialog:active_dialogs", "5");
    make("Nothing", "nothing:there", "5");
    assertAccessibleInBothThemes(
        node.uri("/events/alerts"),
        shown -> {
          assertThat(shown.locator("tbody tr").first()).isVisible();
          shown.keyboard().press("n");
          assertThat(shown.getByRole(AriaRole.DIALOG)).isVisible();
        });
  }
}
