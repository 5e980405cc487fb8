package io.sipscope.node.sources.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import io.sipscope.http.agents.SourceState.Condition;
import io.sipscope.node.NodeApi;
import io.sipscope.node.Setting;
import io.sipscope.node.ingest.Messages;
import io.sipscope.node.sources.TestIngest;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A real Redis, an ingest that keeps what it gets, and messages for both.
abstract class RedisFixture {
  static final String CHANNEL = "callytics:sip-traffic";
  static final String STREAM = "callytics:sip-capture";
  static final String GROUP = "sipscope";
  private static final int CALLS = 10;

  @TempDir private Path folder;
  TestRedis redis;
  TestIngest ingest;
  final Counters counters = new Counters();
  final List<RedisSource> open = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    redis = TestRedis.start(folder);
    ingest = new TestIngest();
  }

  @AfterEach
  void stop() throws Exception {
    ingest.hold(false);
    open.forEach(RedisFixture::end);
    ingest.close();
    redis.close();
  }

  static RedisSettings settings(String url, String more) {
    return RedisSettings.from(
        new Setting(
            ConfigFactory.parseString(more)
                .withFallback(ConfigFactory.parseString("sipscope.redis.url = \"" + url + '"'))
                .withFallback(ConfigFactory.load())));
  }

  RedisSource open(String more) {
    var source =
        RedisSource.open(
            ingest.system(),
            settings(redis.url(), more),
            ingest.ingest(),
            counters,
            TestIngest::now);
    open.add(source);
    return source;
  }

  RedisSource opened(String more) {
    var source = open(more);
    awaitUp(source);
    return source;
  }

  static void awaitUp(RedisSource source) {
    NodeApi.eventually(
        () -> {
          for (var state : source.states()) {
            assertEquals(Condition.UP, state.condition(), state::toString);
          }
          return source;
        });
  }

  static void end(RedisSource source) {
    source.close().toCompletableFuture().join();
    source.settle().toCompletableFuture().join();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String sip(int number) {
    return Messages.options("call-" + number % CALLS + "@redis", number);
  }

  private static long time(int number) {
    return 1_795_217_439_000L + number;
  }

  static byte[] record(int number) {
    return bytes(
        "{\"srcIp\":\"192.0.2.1\",\"srcPort\":5062,\"dstIp\":\"192.0.2.2\",\"timestamp\":%d,\"raw\":\"%s\"}"
            .formatted(time(number), sip(number).replace("\r\n", "\\r\\n")));
  }

  private static Map<String, byte[]> fields(int number) {
    return Map.of(
        "src_ip", bytes("192.0.2.1"),
        "src_port", bytes("5062"),
        "dst_ip", bytes("192.0.2.2"),
        "timestamp", bytes(Long.toString(time(number))),
        "raw", bytes(sip(number)));
  }

  void add(int from, int to) {
    for (int i = from; i < to; i++) {
      redis.commands().xadd(STREAM, i % 2 == 0 ? fields(i) : Map.of("data", record(i)));
    }
  }

  /// All of them once, each call in its order.
  void assertComplete(int messages) {
    NodeApi.eventually(
        () -> {
          assertEquals(messages, distinct().size());
          return messages;
        });
    var byCall = new TreeMap<String, List<Long>>();
    for (var capture : distinct()) {
      assertEquals(SourceKind.REDIS, capture.kind());
      assertEquals("192.0.2.1:5062", capture.source().toString());
      assertEquals("192.0.2.2:5060", capture.destination().toString());
      byCall
          .computeIfAbsent(
              capture.sip().latin1().replaceAll("(?s).*Call-ID: (\\S+).*", "$1"),
              _ -> new ArrayList<>())
          .add(capture.time());
    }
    for (int call = 0; call < CALLS; call++) {
      int first = call;
      var times =
          IntStream.range(0, messages)
              .filter(i -> i % CALLS == first)
              .mapToObj(i -> time(i) * 1_000_000)
              .toList();
      assertEquals(times, byCall.get("call-" + call + "@redis"));
    }
  }

  private record Sighting(long time, String source, String destination, Bytes sip) {
    static Sighting of(Capture capture) {
      return new Sighting(
          capture.time(),
          capture.source().toString(),
          capture.destination().toString(),
          capture.sip());
    }
  }

  /// As dialogs know them: the same time, addresses and bytes are the same sighting.
  List<Capture> distinct() {
    var seen = new java.util.HashSet<Sighting>();
    return ingest.stored().stream().filter(each -> seen.add(Sighting.of(each))).toList();
  }

  void assertNothingPending() {
    NodeApi.eventually(
        () -> {
          assertEquals(0, redis.commands().xpending(STREAM, GROUP).getCount());
          return redis;
        });
  }

  long count(String name) {
    return counters.read().getOrDefault(new StatisticName("sources", name), 0L);
  }
}
