package io.sipscope.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigValueFactory;
import io.sipscope.persistence.Samples;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.testing.PgServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreAvailabilityTest {
  private static final long FIVE_SECONDS = 5_000_000_000L;

  @Test
  void nodesThatStartTogetherOnOneDatabaseAllStart() {
    var config = TestStores.postgres();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var starting =
          List.of(1, 2, 3).stream()
              .map(_ -> CompletableFuture.supplyAsync(() -> new Node(config), threads))
              .toList();
      var nodes = starting.stream().map(Node::await).toList();
      nodes.getFirst().observe(nodes.getFirst().dialog("a"), Samples.invite("a", 1, 0));
      for (var node : nodes) {
        assertEquals(1, node.search(DialogQuery.where().callId("a").build()).size());
        assertEquals(Optional.empty(), node.store().trouble());
      }
      nodes.forEach(Node::close);
    }
  }

  @Test
  void aFolderThatAnotherProcessUsesIsRefusedInOneSentence(@TempDir Path folder) {
    try (var first = new Node(TestStores.h2(folder))) {
      assertEquals(Optional.empty(), first.store().trouble());
      var said = OtherProcess.open(folder);
      assertTrue(said.contains("sipscope.data-dir = " + folder), said);
      assertTrue(said.contains("that no other node uses"), said);
    }
    var afterwards = OtherProcess.open(folder);
    assertTrue(afterwards.contains("opened: true"), afterwards);
  }

  /// It does so when its disk is full.
  @Test
  void anH2ThatClosedItselfIsOpenedAgain(@TempDir Path folder) throws Exception {
    var config = TestStores.h2(folder);
    try (var node = new Node(config)) {
      var dialog = node.dialog("a");
      node.observe(dialog, Samples.invite("a", 1, 0));
      try (var connection =
          DriverManager.getConnection(config.getString("sipscope.jdbc.url"), "sa", "")) {
        var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        session.getDatabase().shutdownImmediately();
      }
      node.observe(dialog, Samples.answer("a", 1, "200 OK", Samples.SECOND));
      assertEquals(2, node.history("a", Long.MAX_VALUE).size());
      node.eventually(() -> assertEquals(Optional.empty(), node.store().trouble()));
    }
  }

  @Test
  void aDatabaseThatIsNotThereIsWaitedForAndThenNamed() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var nobody = "jdbc:postgresql://127.0.0.1:" + port + "/x";
    var config =
        TestStores.postgres()
            .withValue("sipscope.jdbc.url", ConfigValueFactory.fromAnyRef(nobody))
            .withValue("sipscope.postgres.patience", ConfigValueFactory.fromAnyRef("1s"));
    var refused = assertThrows(Store.Unavailable.class, () -> new Node(config));
    assertTrue(refused.getMessage().contains("sipscope.postgres.url"), refused.getMessage());
    assertTrue(refused.getMessage().contains("refused"), refused.getMessage());
  }

  @Test
  void whatWasTakenWhileTheDatabaseWasAwayIsAcknowledgedWhenItIsBack() {
    try (var server = PgServer.start();
        var node = new Node(TestStores.postgres(server))) {
      var dialog = node.dialog("a");
      node.observe(dialog, Samples.invite("a", 1, 0));
      server.stop();
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

  @Test
  void aDatabaseThatHangsIsNoticedAndWhatWaitsForItIsWrittenWhenItGoesOn() {
    try (var server = PgServer.start();
        var node = new Node(TestStores.postgres(server))) {
      var dialog = node.dialog("a");
      node.observe(dialog, Samples.invite("a", 1, 0));
      server.hang();
      try {
        var taken = node.offer(dialog, Samples.answer("a", 1, "200 OK", Samples.SECOND));
        long hung = System.nanoTime();
        node.eventually(
            () -> assertEquals(Optional.of("The store does not answer."), node.store().trouble()));
        assertTrue(System.nanoTime() - hung < FIVE_SECONDS, "noticed late");
        long asked = System.nanoTime();
        assertThrows(
            CompletionException.class,
            () ->
                node.index()
                    .around(0, 1, DialogQuery.where().build(), 1, 0)
                    .toCompletableFuture()
                    .join());
        assertTrue(System.nanoTime() - asked < FIVE_SECONDS, "a search waits for nothing");
        assertFalse(taken.toCompletableFuture().isDone());
        server.goOn();
        long back = System.nanoTime();
        assertEquals(2, Node.await(taken).firstSeq());
        assertTrue(System.nanoTime() - back < FIVE_SECONDS, "written late");
        node.eventually(() -> assertEquals(Optional.empty(), node.store().trouble()));
      } finally {
        server.goOn();
      }
    }
  }

  @Test
  void aDatabaseThatMayOnlyBeReadIsNoneToStoreIn() throws Exception {
    try (var server = PgServer.start();
        var node = new Node(TestStores.postgres(server))) {
      var dialog = node.dialog("a");
      node.observe(dialog, Samples.invite("a", 1, 0));
      server.set("default_transaction_read_only = on");
      node.eventually(
          () -> assertEquals(Optional.of("The store is read-only."), node.store().trouble()));
      var taken = node.offer(dialog, Samples.answer("a", 1, "200 OK", Samples.SECOND));
      assertEquals(1, node.search(DialogQuery.where().callId("a").build()).size());
      server.set("default_transaction_read_only = off");
      assertEquals(2, Node.await(taken).firstSeq());
      node.eventually(() -> assertEquals(Optional.empty(), node.store().trouble()));
    }
  }

  @Test
  void aTableThatSomebodyLocksIsNoticedThoughTheDatabaseAnswers() throws Exception {
    var config = TestStores.postgres();
    try (var node = new Node(config);
        var other =
            DriverManager.getConnection(config.getString("sipscope.jdbc.url"), PgServer.USER, "")) {
      var dialog = node.dialog("a");
      node.observe(dialog, Samples.invite("a", 1, 0));
      other.setAutoCommit(false);
      try (var lock = other.createStatement()) {
        lock.execute("lock table event_journal in share mode");
        var taken = node.offer(dialog, Samples.answer("a", 1, "200 OK", Samples.SECOND));
        node.eventually(
            () ->
                assertEquals(
                    Optional.of("The store answers, but takes no writes."),
                    node.store().trouble()));
        assertFalse(taken.toCompletableFuture().isDone());
        other.rollback();
        assertEquals(2, Node.await(taken).firstSeq());
        node.eventually(() -> assertEquals(Optional.empty(), node.store().trouble()));
      }
    }
  }
}
