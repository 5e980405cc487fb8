package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.sipscope.node.ingest.Messages;
import io.sipscope.node.sources.redis.TestRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole nodes and a real Redis.
class RedisIT {
  private static final String STREAM = "callytics:sip-capture";
  private static final String CHANNEL = "callytics:sip-traffic";
  private static final int CALLS = 10;
  private static final int MESSAGES = 1_000;
  private static final long TIME = 1_795_217_439_000L;

  @TempDir private Path folder;
  private TestRedis redis;

  @BeforeEach
  void start() throws Exception {
    redis = TestRedis.start(Files.createDirectory(folder.resolve("redis")));
  }

  @AfterEach
  void stop() throws Exception {
    redis.close();
  }

  private static String callId(String run, int call) {
    return run + "-" + call + "@redis";
  }

  private static String sip(String run, int number) {
    return Messages.options(callId(run, number % CALLS), number);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void add(String run, int from, int to) {
    for (int i = from; i < to; i++) {
      redis
          .commands()
          .xadd(
              STREAM,
              Map.of(
                  "src", bytes("192.0.2.1:5062"),
                  "dst", bytes("192.0.2.2:5060"),
                  "timestamp", bytes(Long.toString(TIME + i)),
                  "raw", bytes(sip(run, i))));
    }
  }

  /// Every call has every one of its messages once, in the order of their sending.
  private static void assertComplete(NodeApi node, String run, int messages) {
    NodeApi.eventually(
        () -> {
          var found = node.json("/api/dialogs?limit=1000&text=" + run + "-").path("dialogs");
          assertEquals(CALLS, found.size());
          for (var dialog : found) {
            assertEquals(messages / CALLS, dialog.path("messages").asInt(), dialog::toString);
          }
          return found;
        });
    for (int call = 0; call < CALLS; call++) {
      try {
        var told = node.messages(callId(run, call));
        assertEquals(messages / CALLS, told.size());
        for (int i = 0; i < told.size(); i++) {
          assertEquals(i * CALLS + call, told.path(i).path("cseq").asInt());
          assertEquals("redis", told.path(i).path("sourceKind").asText());
          assertEquals("192.0.2.1:5062", told.path(i).path("source").asText());
        }
      } catch (Exception e) {
        throw new AssertionError(callId(run, call), e);
      }
    }
  }

  private Map<String, String> environment() {
    return Map.of("SIPSCOPE_REDIS_URL", redis.url(), "SIPSCOPE_REDIS_CONSUMER", "node-1");
  }

  @Test
  void aNodeThatIsKilledInBetweenLosesNothingAndStoresNothingTwice() throws Exception {
    int rounds = 3;
    for (int round = 0; round < rounds; round++) {
      try (var node = NodeProcess.start(folder, NodeProcess.freePorts(), environment())) {
        int from = round * MESSAGES / rounds / CALLS * CALLS;
        int to = (round + 1) * MESSAGES / rounds / CALLS * CALLS;
        add("killed", from, to);
        LockSupport.parkNanos(round * 30_000_000L);
        node.kill();
      }
    }
    add("killed", MESSAGES / rounds / CALLS * CALLS * rounds, MESSAGES);
    try (var node = NodeProcess.start(folder, NodeProcess.freePorts(), environment());
        var api = node.api()) {
      assertComplete(api, "killed", MESSAGES);
      assertNothingPending();
    } catch (AssertionError e) {
      throw new AssertionError("log of the nodes:\n" + NodeProcess.log(folder), e);
    }
  }

  @Test
  void aNodeThatIsStoppedAcknowledgesWhatItStored() throws Exception {
    try (var node = NodeProcess.start(folder, NodeProcess.freePorts(), environment());
        var api = node.api()) {
      add("stopped", 0, MESSAGES / 2);
      NodeApi.eventually(
          () -> {
            assertTrue(api.ingestMetrics().get("received") > 0);
            return api;
          });
      assertEquals(143, node.terminate(), node::log);
      assertEquals(0, redis.commands().xpending(STREAM, "sipscope").getCount(), node::log);
    }
    add("stopped", MESSAGES / 2, MESSAGES);
    try (var node = NodeProcess.start(folder, NodeProcess.freePorts(), environment());
        var api = node.api()) {
      assertComplete(api, "stopped", MESSAGES);
      assertEquals(0L, api.ingestMetrics().getOrDefault("duplicates", 0L));
    } catch (AssertionError e) {
      throw new AssertionError("log of the nodes:\n" + NodeProcess.log(folder), e);
    }
  }

  private void assertNothingPending() {
    NodeApi.eventually(
        () -> {
          assertEquals(0, redis.commands().xpending(STREAM, "sipscope").getCount());
          return redis;
        });
  }

  private String settings(String more) {
    return "sipscope.store = memory\nsipscope.redis.url = \"" + redis.url() + "\"\n" + more;
  }

  @Test
  void theChannelComesInThroughARestartOfRedis() throws Exception {
    try (var node = TestNode.start(settings(""))) {
      for (int half = 0; half < 2; half++) {
        NodeApi.eventually(
            () -> {
              assertEquals(1, redis.commands().pubsubNumsub(CHANNEL).get(CHANNEL));
              return redis;
            });
        for (int i = half * MESSAGES / 2; i < (half + 1) * MESSAGES / 2; i++) {
          redis
              .commands()
              .publish(
                  CHANNEL,
                  bytes(
                      "{\"src\":\"192.0.2.1:5062\",\"dst\":\"192.0.2.2\",\"ts\":%d,\"raw\":\"%s\"}"
                          .formatted(TIME + i, sip("channel", i).replace("\r\n", "\\r\\n"))));
        }
        int so = (half + 1) * MESSAGES / 2;
        NodeApi.eventually(
            () -> {
              assertEquals(so, node.ingestMetrics().get("persisted"));
              return node;
            });
        if (half == 0) {
          redis.stop();
          redis.start();
        }
      }
      assertComplete(node, "channel", MESSAGES);
    }
  }

  @Test
  void whatIsStoredIsPublishedAndReadByAnother() throws Exception {
    var client = RedisClient.create(redis.url());
    try (var publishing = TestNode.start(settings("sipscope.redis.publish.channel = published"));
        var reading = TestNode.start(settings("sipscope.redis.channel = published"));
        var connection = client.connectPubSub()) {
      var heard = new LinkedBlockingQueue<String>();
      connection.addListener(
          new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
              heard.add(message);
            }
          });
      connection.sync().subscribe("published");
      NodeApi.eventually(
          () -> {
            assertEquals(2, redis.commands().pubsubNumsub("published").get("published"));
            return redis;
          });
      var sip = Messages.options("published@hep");
      publishing.sendUdp(Messages.hep3(sip, TIME * 1_000_000 + 123_456));
      var message = new ObjectMapper().readTree(next(heard));
      assertEquals("published@hep", message.path("callId").asText());
      assertEquals("OPTIONS", message.path("method").asText());
      assertEquals("10.0.0.1:5060", message.path("source").asText());
      assertEquals("10.0.0.2:5060", message.path("destination").asText());
      assertEquals("udp", message.path("transport").asText());
      assertEquals(
          sip,
          new String(
              Base64.getDecoder().decode(message.path("raw").asText()), StandardCharsets.UTF_8));
      var read =
          NodeApi.eventually(
              () -> {
                var messages = reading.messages("published@hep");
                assertEquals(1, messages.size());
                return messages.path(0);
              });
      var first = publishing.messages("published@hep").path(0);
      for (var name : new String[] {"time", "source", "destination", "transport", "sha256"}) {
        assertEquals(first.path(name), read.path(name), name);
      }
      assertEquals("redis", read.path("sourceKind").asText());
    } finally {
      client.shutdown();
    }
  }

  /// It hears itself, and knows its own voice; what came by Redis is not published again.
  @Test
  void twoNodesThatPublishToWhatTheyReadDoNotGoRound() throws Exception {
    var circle = settings("sipscope.redis { publish.channel = circle, channel = circle }");
    try (var one = TestNode.start(circle);
        var other = TestNode.start(circle)) {
      NodeApi.eventually(
          () -> {
            assertEquals(2, redis.commands().pubsubNumsub("circle").get("circle"));
            return redis;
          });
      for (int i = 0; i < 10; i++) {
        one.sendUdp(Messages.hep3(Messages.options("circle@hep", i), i + 1));
      }
      NodeApi.eventually(
          () -> {
            assertEquals(10, other.messages("circle@hep").size());
            return other;
          });
      one.sendUdp(Messages.hep3(Messages.options("last@hep"), 99));
      NodeApi.eventually(
          () -> {
            assertEquals(1, other.messages("last@hep").size());
            return other;
          });
      one.assertConserved(11);
      other.assertConserved(11);
    }
  }

  private static String next(BlockingQueue<String> heard) throws InterruptedException {
    var next = heard.poll(30, TimeUnit.SECONDS);
    assertTrue(next != null, "something is published");
    return next;
  }
}
