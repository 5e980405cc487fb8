package io.sipscope.node.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import io.sipscope.node.Sip;
import io.sipscope.node.TestNode;
import io.sipscope.protocol.capture.Nanos;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The page that follows what is stored, of a node that has two trunks.
abstract class LivePageTest extends PageTest {
  protected static TestNode node;

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

  protected static long now() {
    return Nanos.of(Clock.systemUTC().instant());
  }

  protected static void send(Sip call, int from, int to) throws IOException {
    for (int i = from; i <= to; i++) {
      node.sendUdp(call.request(i, "INFO", i, "b"));
    }
  }

  /// Opens the page and waits until it follows: what is sent from now on, it shows.
  protected void follow(String search) {
    page.navigate(node.uri("/live" + search).toString());
    assertThat(page.locator(".state")).hasText(Pattern.compile("Receiving|Waiting for packets"));
  }

  protected Locator rows() {
    return page.locator("[role=row][data-row]");
  }
}
