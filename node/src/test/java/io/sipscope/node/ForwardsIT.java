package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events that another node tells of than the one that raised them.
class ForwardsIT {
  private static final String EVENT = "E_SCRIPT_MSG";

  /// Of which some have to meet a change of who tells them.
  private static final int MANY = 3_000;

  private static TestNode founding() {
    return TestNode.start("sipscope.store = memory");
  }

  private static TestNode joining(TestNode first) {
    return TestNode.start(
        "sipscope.store = memory\nsipscope.cluster.seed-nodes = \""
            + first.node().clusterAddress()
            + '"');
  }

  private static String answer(NodeApi node, String method, String params) throws Exception {
    var request =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}".formatted(method, params);
    return node.post("/mi", request.getBytes(StandardCharsets.UTF_8)).body();
  }

  private static void raise(NodeApi node, int number) throws Exception {
    var answer = answer(node, "raise_event", "[\"" + EVENT + "\",[\"" + number + "\"]]");
    assertTrue(answer.contains("\"OK\""), answer);
  }

  private static void subscribe(NodeApi node, EventsHeard heard) throws Exception {
    var answer =
        answer(node, "event_subscribe", "[\"" + EVENT + "\",\"" + heard.socket() + "\",600]");
    assertTrue(answer.contains("\"OK\""), answer);
  }

  private static void awaitKnown(NodeApi node, EventsHeard heard) {
    NodeApi.eventually(
        () -> {
          var listed = answer(node, "subscribers_list", "[\"" + EVENT + "\"]");
          assertTrue(listed.contains(heard.socket()), listed);
          return null;
        });
  }

  private static List<Integer> numbers(EventsHeard heard) {
    return heard.rest().stream().map(params -> params.path(0).asInt()).toList();
  }

  private static void awaitAll(int raised, EventsHeard heard) {
    NodeApi.eventually(
        () -> {
          var arrived = new HashSet<>(numbers(heard));
          var missing = IntStream.range(0, raised).filter(one -> !arrived.contains(one)).boxed();
          assertEquals(List.of(), missing.toList(), "missing of " + raised);
          return null;
        });
  }

  @Test
  void whoRefreshesElsewhereMissesNothing() throws Exception {
    try (var first = founding();
        var second = joining(first);
        var third = joining(first);
        var heard = EventsHeard.of(first, EVENT)) {
      var nodes = List.of(first, second, third);
      nodes.forEach(node -> awaitKnown(node, heard));
      var isOver = new AtomicBoolean();
      var failures = new ArrayList<Exception>();
      var refreshing =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int turn = 1; !isOver.get(); turn++) {
                        subscribe(nodes.get(turn % 3), heard);
                      }
                    } catch (Exception e) {
                      failures.add(e);
                    }
                  });
      for (int i = 0; i < MANY; i++) {
        raise(nodes.get(i % 3), i);
      }
      isOver.set(true);
      refreshing.join();
      assertEquals(List.of(), failures);
      awaitAll(MANY, heard);
      assertEquals(MANY, heard.rest().size(), "some twice");
    }
  }

  /// Killed, it tells nothing more, and nobody knows for some seconds.
  @Test
  void whatIsForwardedToANodeThatIsKilledIsToldByTheOthers(@TempDir Path folder) throws Exception {
    try (var first = founding();
        var second = joining(first);
        var third =
            NodeProcess.start(
                folder,
                NodeProcess.freePorts(),
                Map.of(
                    "SIPSCOPE_STORE",
                    "memory",
                    "SIPSCOPE_SEED_NODES",
                    first.node().clusterAddress()));
        var api = third.api();
        var heard = EventsHeard.of(api, EVENT)) {
      var nodes = List.of(first, second);
      nodes.forEach(node -> awaitKnown(node, heard));
      int before = 250;
      int raised = 0;
      for (; raised < before; raised++) {
        raise(nodes.get(raised % 2), raised);
      }
      third.kill();
      while (!areHeardOfSince(before, heard)) {
        raise(nodes.get(raised % 2), raised);
        raised++;
        LockSupport.parkNanos(10_000_000);
      }
      awaitAll(raised, heard);
    }
  }

  /// Whether one that each of the two raised was.
  private static boolean areHeardOfSince(int number, EventsHeard heard) {
    return numbers(heard).stream()
            .filter(one -> one >= number)
            .map(one -> one % 2)
            .distinct()
            .count()
        == 2;
  }
}
