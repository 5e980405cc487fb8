package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.ingest.Messages;
import io.sipscope.testing.PgServer;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a cluster tells of its nodes and shards when one comes and goes.
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterCausesIT {
  private static final int CALLS = 300;

  @Test
  void aNodeThatComesAndLeavesIsToldAndItsShardsMove() throws Exception {
    var database = PgServer.shared().newDatabase();
    var settings =
        """
        sipscope.store = postgres
        sipscope.postgres.url = "%s"
        sipscope.postgres.user = "%s"
        pekko.cluster.sharding.rebalance-interval = 1s
        """
            .formatted(database, PgServer.USER);
    try (var first = TestNode.start(settings);
        var members = EventsHeard.of(first, "E_MEMBER_UP", "E_MEMBER_DOWN");
        var shards = EventsHeard.of(first, "E_SHARD_MOVED")) {
      try (var agent = first.hepTcp()) {
        for (int i = 1; i <= CALLS; i++) {
          agent.getOutputStream().write(Messages.hep3(Messages.options("call-" + i, i), i));
        }
      }
      NodeApi.eventually(
          () -> {
            assertEquals((long) CALLS, first.ingestMetrics().get("persisted"));
            return null;
          });
      var self = "pekko://sipscope@" + first.node().clusterAddress();
      var second =
          TestNode.start(
              settings
                  + "sipscope.cluster.seed-nodes = \""
                  + first.node().clusterAddress()
                  + "\"\n");
      var other = "pekko://sipscope@" + second.node().clusterAddress();
      try (second) {
        var up = members.next();
        assertEquals("{\"member\":\"" + other + "\"}", up.toString());
        var moved = shards.next();
        assertEquals(self, moved.path("from").asText());
        assertEquals(other, moved.path("to").asText());
        assertTrue(Integer.parseInt(moved.path("shard").asText()) >= 0);
        NodeApi.eventually(
            () -> {
              var listed = new Mi(first).answer("sr_list_status", "[\"cluster\"]").path("result");
              var told = new HashSet<String>();
              listed.forEach(one -> told.add(one.path("Name").asText()));
              assertTrue(told.contains("main") && told.contains(other), listed::toString);
              return null;
            });
      }
      var down = members.next();
      assertEquals(other, down.path("member").asText());
      assertEquals("left", down.path("reason").asText());
      awaitAlone(first);
      assertTrue(members.rest().isEmpty(), () -> members.rest().toString());
      try (var agent = first.hepTcp()) { // wakes what has moved home
        for (int i = 1; i <= CALLS; i++) {
          agent.getOutputStream().write(Messages.hep3(Messages.options("call-" + i, i + CALLS), i));
        }
      }
      var back = shards.next(event -> event.path("from").asText().equals(other));
      assertEquals(self, back.path("to").asText());
    }
  }

  private static void awaitAlone(TestNode node) {
    NodeApi.eventually(
        () -> {
          assertEquals(
              "{\"Readiness\":true,\"Status\":1,\"Details\":\"1 member\"}",
              new Mi(node).result("sr_get_status", "[\"cluster\"]"));
          return null;
        });
  }
}
