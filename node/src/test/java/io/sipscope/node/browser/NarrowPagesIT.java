package io.sipscope.node.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.Mi;
import io.sipscope.node.TestNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages on a telephone: nothing of a page's head is beyond the edge, where nobody could get at it,
/// as only tables scroll sideways.
class NarrowPagesIT extends PageTest {
  private static final int WIDTH = 390;

  private static TestNode node;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    node = TestNode.start("sipscope.data-dir = \"" + folder + "\"");
    assertEquals(
        "\"OK\"",
        new Mi(node)
            .result(
                "event_subscribe", "{\"event\":\"E_CORE_LOG\",\"socket\":\"udp:127.0.0.1:9\"}"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/live",
        "/statistics",
        "/events",
        "/events/subscriptions",
        "/events/alerts",
        "/events/status",
        "/script",
        "/script?view=draft",
        "/trace",
        "/cluster"
      })
  void thePageIsNoWiderThanTheScreenAndItsHeadIsWhole(String path) {
    page.setViewportSize(WIDTH, 844);
    page.navigate(node.uri(path).toString());
    var head = page.locator("main .head, main header").first();
    assertThat(head).isVisible();
    for (var control : head.locator("a, button:not(.menu *), input:not(.menu *)").all()) {
      if (control.isVisible()) {
        var box = control.boundingBox();
        assertTrue(
            box.width > 8 && box.x + box.width <= WIDTH,
            () -> path + ": " + control.evaluate("it => it.outerHTML") + " at " + box.x);
      }
    }
    assertEquals(WIDTH, page.evaluate("document.documentElement.scrollWidth"));
  }
}
