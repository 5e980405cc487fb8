package io.sipscope.node.sources.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real Redis: what is written there comes in, whatever happens in between.
class RedisSourceTest {
  private static final String CHANNEL = "callytics:sip-traffic";
  private static final String STREAM = "callytics:sip-capture";
  private static final String GROUP = "sipscope";
  private static final int CALLS = 10;

  @TempDir private Path folder;
  private TestRedis redis;
  private TestIngest ingest;
  private final Counters counters = new Counters();
  private final List<RedisSource> open = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    redis = TestRedis.start(folder);
    ingest = new TestIngest();
  }

  @AfterEach
  void stop() throws Exception {
    ingest.hold(false);
    open.forEach(RedisSourceTest::end);
    ingest.close();
    redis.close();
  }

  private static RedisSettings settings(String url, String more) {
    return RedisSettings.from(
        new Setting(
            ConfigFactory.parseString(more)
                .withFallback(ConfigFactory.parseString("sipscope.redis.url = \"" + url + '"'))
                .withFallback(ConfigFactory.load())));
  }

  private RedisSource open(String more) {
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

  private RedisSource opened(String more) {
    var source = open(more);
    awaitUp(source);
    return source;
  }

  private static void awaitUp(RedisSource source) {
    NodeApi.eventually(
        () -> {
          for (var state : source.states()) {
            assertEquals(Condition.UP, state.condition(), state::toString);
          }
          return source;
        });
  }

  private static void end(RedisSource source) {
    source.close().toCompletableFuture().join();
    source.settle().toCompletableFuture().join();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String sip(int number) {
    return Messages.options("call-" + number % CALLS + "@redis", number);
  }

  private static long time(int number) {
    return 1_795_217_439_000L + number;
  }

  private static byte[] record(int number) {
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

  private void add(int from, int to) {
    for (int i = from; i < to; i++) {
      redis.commands().xadd(STREAM, i % 2 == 0 ? fields(i) : Map.of("data", record(i)));
    }
  }

  /// All of them once, each call in its order.
  private void assertComplete(int messages) {
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
  private List<Capture> distinct() {
    var seen = new java.util.HashSet<Sighting>();
    return ingest.stored().stream().filter(each -> seen.add(Sighting.of(each))).toList();
  }

  private void assertNothingPending() {
    NodeApi.eventually(
        () -> {
          assertEquals(0, redis.commands().xpending(STREAM, GROUP).getCount());
          return redis;
        });
  }

  private long count(String name) {
    return counters.read().getOrDefault(new StatisticName("sources", name), 0L);
  }

  @Test
  void aThousandMessagesOfTheChannelAreCompleteAndInOrder() {
    var source = opened("");
    for (int i = 0; i < 1_000; i++) {
      redis.commands().publish(CHANNEL, record(i));
    }
    assertComplete(1_000);
    assertEquals(1_000, ingest.stored().size());
    ingest.assertConserved(1_000);
    var state = source.states().getFirst();
    assertEquals(CHANNEL, state.name());
    assertEquals(1_000, state.received());
    assertTrue(state.lastAt().isPresent());
  }

  @Test
  void aThousandEntriesOfTheStreamAreCompleteInOrderAndAcknowledged() {
    add(0, 500);
    var source = opened("");
    add(500, 1_000);
    assertComplete(1_000);
    assertNothingPending();
    assertEquals(1_000, ingest.stored().size());
    ingest.assertConserved(1_000);
    assertEquals(1_000, source.states().getLast().received());
    assertEquals(1_000, count("redis_acknowledged"));
  }

  @Test
  void aRestartOfRedisInBetweenLosesNothingOfTheStream() throws Exception {
    var source = opened("");
    add(0, 500);
    redis.stop();
    NodeApi.eventually(
        () -> {
          var states = source.states().stream().map(state -> state.condition()).distinct().toList();
          assertEquals(List.of(Condition.CONNECTING), states);
          return states;
        });
    redis.start();
    add(500, 1_000);
    assertComplete(1_000);
    assertNothingPending();
    awaitUp(source);
    for (int i = 0; i < 10; i++) {
      redis.commands().publish(CHANNEL, record(1_000 + i));
    }
    assertComplete(1_010);
  }

  @Test
  void aRedisThatComesLaterIsFound() throws Exception {
    redis.stop();
    var source = open("");
    NodeApi.eventually(
        () -> {
          var state = source.states().getLast();
          assertEquals(Condition.CONNECTING, state.condition());
          assertTrue(state.detail().contains("tried again"), state::detail);
          return state;
        });
    redis.start();
    awaitUp(source);
    add(0, 100);
    assertComplete(100);
  }

  @Test
  void aFlushedRedisIsReadFromItsNewBeginning() {
    opened("");
    add(0, 100);
    assertComplete(100);
    redis.commands().flushall();
    add(100, 200);
    assertComplete(200);
    redis.commands().del(STREAM);
    add(200, 300);
    assertComplete(300);
    redis.commands().xgroupDestroy(STREAM, GROUP);
    add(300, 400);
    assertComplete(400);
    assertNothingPending();
  }

  @Test
  void whatWasDeliveredAndNotAcknowledgedComesAfterARestart() {
    var settings = "sipscope.redis.consumer = node-1";
    add(0, 100);
    redis
        .commands()
        .xgroupCreate(StreamOffset.from(STREAM, "0-0"), GROUP, XGroupCreateArgs.Builder.mkstream());
    deliver("node-1", 60);
    opened(settings);
    assertComplete(100);
    assertNothingPending();
    ingest.assertConserved(100);
  }

  @Test
  void whatAnotherNodeLeftLyingIsTakenOver() {
    add(0, 100);
    redis
        .commands()
        .xgroupCreate(StreamOffset.from(STREAM, "0-0"), GROUP, XGroupCreateArgs.Builder.mkstream());
    deliver("a-node-that-is-gone", 60);
    opened("sipscope.redis.claim-after = 200ms");
    NodeApi.eventually(
        () -> {
          assertEquals(100, distinct().size());
          return count("redis_claimed");
        });
    assertNothingPending();
    assertTrue(count("redis_claimed") >= 60);
  }

  @SuppressWarnings("unchecked") // lettuce's varargs
  private void deliver(String consumer, int entries) {
    var delivered =
        redis
            .commands()
            .xreadgroup(
                Consumer.from(GROUP, consumer),
                XReadArgs.Builder.count(entries),
                StreamOffset.lastConsumed(STREAM));
    assertEquals(entries, delivered.size());
  }

  @Test
  void entriesThatWereDeletedBeforeTheyWereReadAreCountedAsLost() {
    add(0, 20);
    redis
        .commands()
        .xgroupCreate(StreamOffset.from(STREAM, "0-0"), GROUP, XGroupCreateArgs.Builder.mkstream());
    deliver("node-1", 20);
    deliverNothing();
    redis.commands().xtrim(STREAM, 5);
    opened("sipscope.redis.consumer = node-1");
    assertNothingPending();
    assertEquals(5, distinct().size());
    ingest.assertConserved(20);
    assertEquals(15, ingest.count("dropped_redis_trimmed"));
  }

  @SuppressWarnings("unchecked") // lettuce's varargs
  private void deliverNothing() {
    assertTrue(
        redis
            .commands()
            .xreadgroup(
                Consumer.from(GROUP, "node-2"),
                XReadArgs.Builder.count(1),
                StreamOffset.lastConsumed(STREAM))
            .isEmpty());
  }

  @Test
  void anEntryWithoutATimeHasThatOfItsId() {
    opened("");
    redis
        .commands()
        .xadd(STREAM, new XAddArgs().id("1795217439657-7"), Map.of("raw", bytes(sip(1))));
    NodeApi.eventually(
        () -> {
          assertEquals(1, ingest.stored().size());
          return ingest;
        });
    assertEquals(1_795_217_439_657_000_007L, ingest.stored().getFirst().time());
  }

  @Test
  void whatCannotBeReadIsKeptAsideAndHoldsNothingUp() {
    opened("sipscope.redis.dead-letters.most = 10");
    add(0, 50);
    for (int i = 0; i < 5; i++) {
      redis.commands().xadd(STREAM, Map.of("data", bytes("{\"raw\": poison " + i)));
      redis.commands().publish(CHANNEL, bytes("poison " + i));
    }
    redis.commands().xadd(STREAM, Map.of("data", new byte[100_000]));
    add(50, 100);
    assertComplete(100);
    assertNothingPending();
    ingest.assertConserved(111);
    assertEquals(5, ingest.count("malformed_json"));
    NodeApi.eventually(
        () -> {
          assertEquals(11, count("redis_dead_letters"));
          return counters;
        });
    var kept = redis.commands().xrange(STREAM + ":dead", Range.unbounded(), Limit.unlimited());
    assertEquals(10, kept.size(), "a bounded list");
    var reasons = kept.stream().map(each -> text(each.getBody(), "reason")).distinct().toList();
    assertTrue(reasons.containsAll(List.of("json", "start-line")), reasons::toString);
    var json = kept.stream().filter(each -> text(each.getBody(), "reason").equals("json")).toList();
    assertTrue(text(json.getLast().getBody(), "original.data").startsWith("{\"raw\": poison"));
    assertEquals(STREAM, text(json.getLast().getBody(), "source"));
    for (var each : kept) {
      each.getBody().values().forEach(value -> assertTrue(value.length <= 16 << 10));
    }
  }

  private static String text(Map<String, byte[]> fields, String name) {
    return new String(fields.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
  }

  @Test
  void noMoreIsReadThanMayBeInFlight() {
    ingest.hold(true);
    opened("sipscope.redis { in-flight = 100, batch = 20 }");
    add(0, 1_000);
    NodeApi.eventually(
        () -> {
          assertEquals(100, redis.commands().xpending(STREAM, GROUP).getCount());
          return redis;
        });
    var entries = redis.commands().xinfoGroups(STREAM).toString();
    assertFalse(entries.isEmpty());
    assertEquals(0, ingest.stored().size());
    ingest.hold(false);
    assertComplete(1_000);
    assertNothingPending();
  }

  @Test
  void twoNodesShareTheStream() {
    var first = opened("sipscope.redis { consumer = node-1, channel = \"\" }");
    var second = opened("sipscope.redis { consumer = node-2, channel = \"\" }");
    add(0, 2_000);
    NodeApi.eventually(
        () -> {
          assertEquals(2_000, distinct().size());
          return ingest;
        });
    assertNothingPending();
    assertEquals(
        2_000, first.states().getFirst().received() + second.states().getFirst().received());
  }

  @Test
  void aStopBetweenLosesNothing() throws Exception {
    var settings = "sipscope.redis { consumer = node-1, batch = 10 }";
    for (int round = 0; round < 5; round++) {
      var source = opened(settings);
      add(round * 100, round * 100 + 100);
      open.remove(source);
      end(source);
    }
    opened(settings);
    assertComplete(500);
    assertNothingPending();
  }

  @Test
  void theChannelsQueueIsBoundedAndWhatItLosesIsCounted() {
    ingest.hold(true);
    var source = opened("sipscope.redis { queue = 10, stream = \"\" }");
    for (int i = 0; i < 5_000; i++) {
      redis.commands().publish(CHANNEL, record(i));
    }
    NodeApi.eventually(
        () -> {
          long waiting = 10;
          assertTrue(source.states().getFirst().received() + waiting >= 5_000);
          return source;
        });
    ingest.hold(false);
    ingest.assertConserved(5_000);
    long lost = ingest.count("dropped_redis_queue_full");
    assertTrue(lost > 0, "some were dropped");
    assertEquals(lost, source.states().getFirst().dropped());
  }

  @Test
  void aWrongPasswordIsSaidAndNotShown() {
    redis.commands().configSet("requirepass", "right-secret");
    try {
      var source =
          RedisSource.open(
              ingest.system(),
              settings(redis.url().replace("//", "//:wrong-secret@"), ""),
              ingest.ingest(),
              counters,
              TestIngest::now);
      open.add(source);
      NodeApi.eventually(
          () -> {
            var state = source.states().getLast();
            assertTrue(state.detail().contains("WRONGPASS"), state::toString);
            assertFalse(state.toString().contains("secret"), state::toString);
            return state;
          });
    } finally {
      redis.commands().configSet("requirepass", "");
    }
  }

  @Test
  void settingsShowNoPassword() {
    var settings = settings("rediss://user:very-secret@192.0.2.9:6380/3", "");
    assertEquals("Redis at 192.0.2.9:6380/3", settings.toString());
    var wrong =
        org.junit.jupiter.api.Assertions.assertThrows(
            io.sipscope.node.BadSetting.class,
            () -> settings("http://user:very-secret@192.0.2.9", ""));
    assertFalse(wrong.getMessage().contains("secret"), wrong::getMessage);
    assertEquals(Duration.ofSeconds(30), settings.claimAfter());
  }
}
