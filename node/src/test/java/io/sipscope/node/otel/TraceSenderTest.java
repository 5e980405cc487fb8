package io.sipscope.node.otel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.sipscope.node.BadSetting;
import io.sipscope.node.NodeApi;
import io.sipscope.node.Setting;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TraceSenderTest {
  private static final String QUICK =
      """
      retry-first = 20ms
      retry-longest = 50ms
      give-up = 20s
      queue = 5
      batch = 3
      """;

  private final Counters counters = new Counters();
  private CollectorOfTests collector;

  @BeforeEach
  void open() throws Exception {
    collector = new CollectorOfTests();
  }

  @AfterEach
  void close() {
    collector.close();
  }

  private static OtlpSettings settings(String more) {
    return OtlpSettings.from(
        new Setting(
            ConfigFactory.parseString("sipscope.otlp {\n" + more + "\n}")
                .withFallback(ConfigFactory.defaultReference())
                .resolve()));
  }

  private TraceSender sender(String url, String more) {
    var settings = settings("endpoint = \"" + url + "\"\n" + more);
    return new TraceSender(
        settings, settings.endpoint().orElseThrow(), new TraceEncoding("s", "i"), counters);
  }

  private static List<Span> trace(String name) {
    return List.of(
        new Span(
            "0123456789abcdef0123456789abcdef",
            "00000000000000aa",
            "",
            name,
            SpanKind.INTERNAL,
            1,
            2,
            Attributes.empty(),
            ""));
  }

  private long count(String name) {
    return counters.read().getOrDefault(new StatisticName("otlp", name), 0L);
  }

  private void eventually(String name, long wanted) {
    NodeApi.eventually(
        () -> {
          assertEquals(wanted, count(name), name);
          return null;
        });
  }

  @Test
  void aTraceIsPostedAsProtobufWithTheHeadersThatWereSet() throws Exception {
    try (var sender = sender(collector.url(), QUICK + "headers { authorization = \"Bearer x\" }")) {
      assertTrue(sender.offer(trace("a")));
      var received = collector.next();
      assertEquals("/v1/traces", received.path());
      assertEquals("application/x-protobuf", received.type());
      assertEquals("Bearer x", received.authorization());
      assertEquals("a", received.spans().getFirst().getName());
      eventually("traces_sent", 1);
    }
  }

  @Test
  void whereACollectorHasAPathOfItsOwnThatIsTaken() throws Exception {
    try (var sender = sender(collector.url() + "/otel/in?x=1", QUICK + "encoding = json")) {
      sender.offer(trace("a"));
      var received = collector.next();
      assertEquals("/otel/in", received.path());
      assertEquals("application/json", received.type());
    }
  }

  @Test
  void whatTheCollectorHasNoTimeForIsRepeatedWhenItSays() throws Exception {
    collector.says(new CollectorOfTests.Says(429, "1", 0));
    try (var sender = sender(collector.url(), QUICK)) {
      sender.offer(trace("a"));
      var first = collector.next();
      var again = collector.next();
      assertEquals(first.body(), again.body());
      assertTrue(
          again.nanos() - first.nanos() >= TimeUnit.MILLISECONDS.toNanos(990),
          "it came before it was asked for");
      eventually("traces_sent", 1);
      assertEquals(1, count("retries"));
    }
  }

  @Test
  void aCollectorThatIsAwayIsTriedUntilItIsBack() throws Exception {
    int port = collector.port();
    collector.close();
    try (var sender = sender("http://127.0.0.1:" + port, QUICK)) {
      sender.offer(trace("a"));
      NodeApi.eventually(
          () -> {
            assertTrue(count("retries") > 1);
            return null;
          });
      collector = new CollectorOfTests(port);
      assertEquals("a", collector.next().spans().getFirst().getName());
      eventually("traces_sent", 1);
      assertEquals(0, count("traces_failed"));
    }
  }

  @Test
  void oneThatIsSlowCostsWhatFindsNoRoomAndThatIsCounted() throws Exception {
    collector.says(new CollectorOfTests.Says(200, "", 1_000));
    try (var sender = sender(collector.url(), QUICK)) {
      sender.offer(trace("first"));
      collector.next();
      int taken = 0;
      for (int i = 0; i < 20; i++) {
        taken += sender.offer(trace("more")) ? 1 : 0;
      }
      assertEquals(5, taken, "the queue");
      assertEquals(15, count("traces_dropped"));
      assertEquals(3, collector.next().spans().size(), "a batch");
      assertEquals(2, collector.next().spans().size());
      eventually("traces_sent", 6);
    }
  }

  @Test
  void anAnswerThatTakesTooLongIsARepetition() throws Exception {
    collector.says(new CollectorOfTests.Says(200, "", 1_500));
    try (var sender = sender(collector.url(), QUICK + "timeout = 200ms")) {
      sender.offer(trace("a"));
      collector.next();
      collector.next();
      eventually("traces_sent", 1);
      assertTrue(count("retries") >= 1);
    }
  }

  @Test
  void whatIsRefusedOrGivenUpIsCounted() throws Exception {
    collector.says(new CollectorOfTests.Says(400, "", 0));
    try (var sender = sender(collector.url(), QUICK)) {
      sender.offer(trace("bad"));
      eventually("traces_failed", 1);
      assertEquals(0, count("retries"));
    }
    try (var sender = sender(collector.url(), QUICK + "give-up = 150ms")) {
      for (int i = 0; i < 50; i++) {
        collector.says(new CollectorOfTests.Says(503, "", 0));
      }
      sender.offer(trace("late"));
      eventually("traces_failed", 2);
      assertEquals(0, count("traces_sent"));
    }
  }

  @Test
  void whatIsCompressedIsReadAllTheSame() throws Exception {
    collector.says(new CollectorOfTests.Says(503, "", 0));
    try (var sender = sender(collector.url(), QUICK + "compression = gzip")) {
      sender.offer(trace("a"));
      assertEquals("gzip", collector.next().encoding());
      assertEquals("a", collector.next().spans().getFirst().getName());
      eventually("traces_sent", 1);
      assertEquals(1, count("retries"));
    }
  }

  @Test
  void aCollectorThatGoesOnRefusingForNowIsAskedAgainUntilItTakes() throws Exception {
    for (int i = 0; i < 12; i++) {
      collector.says(new CollectorOfTests.Says(i % 2 == 0 ? 429 : 503, "", 0));
    }
    try (var sender = sender(collector.url(), QUICK)) {
      sender.offer(trace("a"));
      eventually("traces_sent", 1);
      assertEquals(12, count("retries"), "longer than the library repeats one request");
      assertEquals(0, count("traces_failed"));
    }
  }

  @Test
  void aSenderThatWaitsForItsCollectorDoesNotKeepTheNodeFromStopping() throws Exception {
    collector.says(new CollectorOfTests.Says(503, "3600", 0));
    long begun;
    try (var sender = sender(collector.url(), QUICK)) {
      sender.offer(trace("a"));
      collector.next();
      begun = System.nanoTime();
    }
    assertTrue(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(10));
    eventually("traces_failed", 1);
    for (var thread : Thread.getAllStackTraces().keySet()) {
      assertFalse(
          thread.getName().toLowerCase(Locale.ROOT).contains("okhttp") && !thread.isDaemon(),
          thread::getName);
    }
  }

  @Test
  void settingsThatMakeNoSenseAreRefusedAndSecretsNotNamed() {
    for (var bad :
        List.of(
            "endpoint = \"127.0.0.1:4318\"",
            "endpoint = \"ftp://x\"",
            "endpoint = \"http://\"",
            "encoding = xml",
            "compression = zstd",
            "batch = 0",
            "headers { \"bad name\" = hunter2 }")) {
      var refused = Assertions.assertThrows(BadSetting.class, () -> settings(bad), bad);
      assertFalse(refused.getMessage().contains("hunter2"), refused::getMessage);
    }
    assertFalse(settings("headers { a = hunter2 }").toString().contains("hunter2"));
  }
}
