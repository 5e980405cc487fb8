package io.sipscope.node.sources.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.sipscope.http.agents.SourceState.Condition;
import io.sipscope.node.NodeApi;
import io.sipscope.node.sources.TestIngest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Against a real Redis: what is published to the channel comes in, whatever happens in between.
class RedisSourceTest extends RedisFixture {
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
