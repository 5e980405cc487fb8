package io.sipscope.node.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.RequestOptions;
import io.sipscope.http.json.Json;
import io.sipscope.node.Mi;
import io.sipscope.node.NodeApi;
import io.sipscope.node.TestNode;
import io.sipscope.node.ingest.Messages;
import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Takes the pictures of `ops/docs/pictures`, of every page in both themes, from a node with the
/// sample capture: only when it is asked for, by `mvn verify -Dit.test=Pictures`.
class Pictures extends PageTest {
  /// A page of documentation with several of them should come quickly.
  private static final long MOST_BYTES = 250_000;

  private static final int COPIES = 6;
  private static final int PCAP_HEADER = 24;
  private static final int RECORD_HEADER = 16;

  private static final String POLICY =
      """
      # Counts what comes, looks after those who call 900 numbers.
      loadmodule "sipmsgops.so"
      loadmodule "statistics.so"
      loadmodule "tracer.so"
      modparam("statistics", "stat_groups", "method, packet")

      route {
          update_stat("method:$rm", "+1");
          update_stat("packet:count", "+1");
          if (is_method("INVITE"))
              route(premium);
      }

      route[premium] {
          if ($rU =~ "^900")
              trace("audit", "d");
          $var(left) = $hdr(X-Credit) - 10;
          if ($var(left) < 0)
              raise_event("E_NO_CREDIT");
      }

      onreply_route {
          update_stat("packet:count", "+1");
          if ($rs >= 500)
              xlog("$ci: $rs $rr\\n");
      }
      """;

  private static final Path PICTURES = Corpus.repository().resolve("ops/docs/pictures");

  /// @param there what is shown once the page is complete
  private record Picture(String name, String path, String there) {}

  private static TestNode node;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    var script = Files.writeString(folder.resolve("policy.cfg"), POLICY);
    node =
        TestNode.start(
            """
            sipscope.data-dir = "%1$s"
            sipscope.script.file = "%2$s"
            sipscope.statistics.record.interval = 1s
            sipscope.trace.ids = ["[audit]uri=hep:127.0.0.1:9;transport=udp;version=3", "[log]uri=syslog:LOG_LOCAL0:3"]
            sipscope.trace.rules = [
              { methods = INVITE, trace-id = audit, scope = d }
              { methods = [REGISTER], source = "198.51.100.0/24", trace-id = log, scope = t }
            ]
            """
                .formatted(folder, script));
    var sample = Files.readAllBytes(Corpus.repository().resolve("ops/sample/calls.pcap"));
    node.post("/api/script/profiling", "{\"on\":true}".getBytes(StandardCharsets.UTF_8));
    for (int copy = 0; copy < COPIES; copy++) {
      node.importCapture(lately(sample, copy));
    }
    happen("E_VERDICT_BAD", "7d1c0a@example.com", "no-ack", "The caller never acknowledged");
    happen("E_AGENT_LOST", "edge-2", "62");
    happen("E_AGENT_BACK", "edge-2", "75");
    happen("E_CORE_THRESHOLD", "pgsql query", "212340", "select key from dialog");
    new Mi(node)
        .result("trace_start", "[\"fraud-watch\", \"sip:127.0.0.1:9\", [\"caller=+12025550147\"]]");
    for (int i = 0; i < 40; i++) {
      node.sendUdp(Messages.hep3(Messages.options("keep-alive-" + i % 4, i), now()));
    }
    Files.createDirectories(PICTURES);
    NodeApi.eventually(
        () -> {
          var history = node.json("/api/statistics/history?names=core:rcv_requests&step=1s");
          assertTrue(history.path("series").path(0).path("points").size() > 20);
          return null;
        });
  }

  /// A page of events needs some; places are enough for a picture.
  private static void happen(String event, String... params) throws Exception {
    new Mi(node).result("event_subscribe", "[\"" + event + "\", \"udp:127.0.0.1:9999\", 3600]");
    new Mi(node)
        .result("raise_event", "[\"" + event + "\", [\"" + String.join("\",\"", params) + "\"]]");
  }

  /// The sample as calls of the last quarter of an hour, each copy with Call-IDs of its own.
  private static byte[] lately(byte[] sample, int copy) {
    var file = ByteBuffer.wrap(sample.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int late = (int) (now() / 1_000_000_000) - 60 - copy * 130 - last(file);
    for (int at = PCAP_HEADER; at < sample.length; at = next(file, at)) {
      file.putInt(at, file.getInt(at) + late);
      var packet = new String(sample, at, next(file, at) - at, StandardCharsets.ISO_8859_1);
      int callId = packet.indexOf("Call-ID: ");
      if (callId >= 0) {
        file.put(at + callId + "Call-ID: ".length(), (byte) ('a' + copy));
      }
    }
    return file.array();
  }

  private static int next(ByteBuffer file, int at) {
    return at + RECORD_HEADER + file.getInt(at + 8);
  }

  /// When its last packet was, seconds.
  private static int last(ByteBuffer file) {
    int seconds = 0;
    for (int at = PCAP_HEADER; at < file.capacity(); at = next(file, at)) {
      seconds = file.getInt(at);
    }
    return seconds;
  }

  private static long now() {
    return System.currentTimeMillis() * 1_000_000;
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void everyPageIsTakenInBothThemes() throws Exception {
    var call = node.json("/api/dialogs?method=INVITE&limit=1").at("/dialogs/0/key").asText();
    alert("Few calls are answered", "asr", "below", 90);
    alert("Many calls at once", "dialog:active_dialogs", "above", 300);
    var pictures =
        List.of(
            new Picture("live", "/live", "main table, main [role=grid]"),
            new Picture("dialogs", "/", "main [role=grid]"),
            new Picture(
                "ladder", "/dialogs/" + NodeApi.encoded(call) + "?m=1", "svg [role=listitem]"),
            new Picture("statistics", "/statistics", "canvas"),
            new Picture("events", "/events", "main [role=grid]"),
            new Picture("alerts", "/events/alerts", "main table"),
            new Picture("script", "/script", "main .heat-3"),
            new Picture("agents", "/agents", "main pre"),
            new Picture("trace", "/trace", "main [role=switch]"),
            new Picture("cluster", "/cluster", "main table"));
    for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (var shown = open(scheme)) {
        shown.route("**/api/statistics/history*", Pictures::busyHour);
        shown.route("**/api/script", Pictures::ofAFolder);
        for (var picture : pictures) {
          shown.navigate(node.uri(picture.path()).toString());
          assertThat(shown.locator(picture.there()).first()).isVisible();
          take(shown, picture.name(), scheme);
        }
        shown.keyboard().press("Control+k");
        shown.keyboard().type("alice");
        assertThat(shown.locator("[role=option] .pill").first()).isVisible();
        take(shown, "palette", scheme);
      }
    }
  }

  private void alert(String name, String statistic, String comparison, int bound) {
    var rule =
        Map.of("statistic", statistic, "comparison", comparison, "bound", bound, "forSeconds", 5);
    page.request()
        .put(
            node.uri("/api/alerts/" + NodeApi.encoded(name)).toString(),
            RequestOptions.create().setData(rule));
  }

  /// A node of a minute's age has recorded nothing worth a picture: an hour as a busy one has it.
  private static void busyHour(Route route) {
    var query = URI.create(route.request().url()).getQuery();
    var names = query.replaceAll("(^|.*&)names=([^&]*).*", "$2").split(",", -1);
    var end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    var start = end.minus(1, ChronoUnit.HOURS);
    var series = new ArrayList<Map<String, Object>>();
    for (var name : names) {
      var points = new ArrayList<Map<String, Object>>();
      double sum = 0;
      for (int i = 0; i < 360; i++) {
        int kind = name.length();
        double wave = 1 + 0.15 * Math.sin(i / 40.0 + kind) + 0.03 * Math.sin(i / 4.0 + kind);
        sum += wave * kind * 100;
        var value = name.startsWith("core:") || name.contains("ed_") ? sum : wave * kind * 10;
        var time = start.plusSeconds(i * 10L).toString();
        points.add(Map.of("time", time, "value", Math.round(value)));
      }
      series.add(Map.of("name", name, "unit", "messages", "meaning", "", "points", points));
    }
    var hour =
        Map.of("start", start.toString(), "end", end.toString(), "step", 10_000, "series", series);
    route.fulfill(
        new Route.FulfillOptions()
            .setContentType("application/json")
            .setBodyBytes(Json.bytes(hour)));
  }

  /// A folder for a test would be nobody's.
  private static void ofAFolder(Route route) {
    var told = route.fetch().text();
    route.fulfill(
        new Route.FulfillOptions()
            .setContentType("application/json")
            .setBody(told.replaceAll("\"/[^\"]*/policy.cfg\"", "\"/etc/sipscope/policy.cfg\"")));
  }

  private static void take(Page shown, String name, ColorScheme scheme) throws IOException {
    // Streams and questions asked again and again never end: what is asked at first has to.
    shown.waitForLoadState(LoadState.LOAD);
    shown.waitForTimeout(1_500);
    var file = PICTURES.resolve(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png");
    shown.screenshot(new Page.ScreenshotOptions().setPath(file));
    assertTrue(Files.size(file) < MOST_BYTES, file + " has " + Files.size(file) + " bytes");
  }
}
