package io.sipscope.node.sources.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.Consumer;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.sipscope.node.NodeApi;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Against a real Redis: what is in the stream comes in once, whoever stops in between.
class StreamSourceTest extends RedisFixture {
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
}
