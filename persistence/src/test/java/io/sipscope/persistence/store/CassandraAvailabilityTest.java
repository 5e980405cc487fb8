package io.sipscope.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigValueFactory;
import io.sipscope.persistence.Samples;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.testing.CassandraServer;
import io.sipscope.testing.RequiresCassandra;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@RequiresCassandra
class CassandraAvailabilityTest {

  @Test
  void nodesThatStartTogetherOnOneClusterAllStart() {
    var config = TestStores.cassandra();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var starting =
          List.of(1, 2, 3).stream()
              .map(_ -> CompletableFuture.supplyAsync(() -> new Node(config), threads))
              .toList();
      var nodes = starting.stream().map(Node::await).toList();
      nodes.getFirst().observe(nodes.getFirst().dialog("a"), Samples.invite("a", 1, 0));
      for (var node : nodes) {
        assertEquals(1, node.search(DialogQuery.where().callId("a").build()).size());
        assertTrue(node.store().trouble().isEmpty());
      }
      nodes.forEach(Node::close);
    }
  }

  @Test
  void aClusterThatIsNotThereIsWaitedForAndThenNamed() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var config =
        TestStores.cassandra("127.0.0.1:" + port, "nobody")
            .withValue("sipscope.cassandra.patience", ConfigValueFactory.fromAnyRef("1s"));
    var refused = assertThrows(Store.Unavailable.class, () -> new Node(config));
    var said = refused.getMessage();
    assertTrue(said.contains("sipscope.cassandra.contact-points"), said);
    assertTrue(said.contains("127.0.0.1:" + port), said);
  }

  @Test
  void aDatacenterThatTheClusterDoesNotHaveIsNamed() {
    var config =
        TestStores.cassandra()
            .withValue(
                "datastax-java-driver.basic.load-balancing-policy.local-datacenter",
                ConfigValueFactory.fromAnyRef("elsewhere"))
            .withValue(
                "sipscope.cassandra.local-datacenter", ConfigValueFactory.fromAnyRef("elsewhere"));
    var refused = assertThrows(Store.Unavailable.class, () -> new Node(config));
    var said = refused.getMessage();
    assertTrue(said.contains("sipscope.cassandra.local-datacenter = elsewhere"), said);
    assertTrue(said.contains(CassandraServer.DATACENTER), said);
  }

  @Test
  void aKeyspaceThatIsNotMadeHereMustBeThere() {
    var config =
        TestStores.cassandra()
            .withValue("sipscope.cassandra.replication-factor", ConfigValueFactory.fromAnyRef(0));
    var refused = assertThrows(Store.Unavailable.class, () -> new Node(config));
    assertTrue(
        refused.getMessage().contains("sipscope.cassandra.keyspace = "), refused.getMessage());
  }

  /// The process is killed, so what was acknowledged must have been on the disk.
  @Test
  void whatWasTakenWhileTheClusterWasAwayIsAcknowledgedWhenItIsBack() {
    try (var server = CassandraServer.start();
        var node = new Node(TestStores.cassandra(server))) {
      var dialog = node.dialog("a");
      node.observe(dialog, Samples.invite("a", 1, 0));
      server.kill();
      node.eventually(() -> assertTrue(node.store().trouble().isPresent()));
      var taken = node.offer(dialog, Samples.answer("a", 1, "200 OK", Samples.SECOND));
      node.eventually(() -> assertTrue(node.count("journal", "write_failures") > 0));
      assertFalse(taken.toCompletableFuture().isDone());
      server.startAgain();
      assertEquals(2, Node.await(taken).firstSeq());
      assertEquals(2, node.history("a", Long.MAX_VALUE).size());
      assertEquals(
          2, node.search(DialogQuery.where().callId("a").build()).getFirst().summary().messages());
    }
  }
}
