package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.ingest.Messages;
import io.sipscope.testing.PgServer;
import io.sipscope.testing.RequiresTool;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A database and a name server that are slow indeed.
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowIT {
  private static final long MILLION = 1_000_000L;

  private static long statistic(NodeApi node, String name) throws Exception {
    var bare = name.substring(name.indexOf(':') + 1);
    var answer = new Mi(node).answer("get_statistics", "[[\"" + bare + "\"]]");
    return answer.path("result").path(name).asLong();
  }

  /// Somebody holds a lock on the table, as a migration or a careless hand would.
  @Test
  void aSlowQueryIsCountedAndToldWithItsSql() throws Exception {
    var database = PgServer.shared().newDatabase();
    var settings =
        """
        sipscope.store = postgres
        sipscope.postgres.url = "%s"
        sipscope.postgres.user = "%s"
        sipscope.thresholds.sql = 300ms
        """
            .formatted(database, PgServer.USER);
    try (var node = TestNode.start(settings);
        var heard = EventsHeard.of(node, "E_CORE_THRESHOLD")) {
      node.sendUdp(Messages.hep3(Messages.options("before"), 1));
      NodeApi.eventually(
          () -> {
            assertEquals(1, node.ingestMetrics().get("persisted"));
            return null;
          });
      long slowBefore = statistic(node, "sql:sql_slow_queries");
      try (var connection = DriverManager.getConnection(database, PgServer.USER, "");
          var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("lock table dialog_index in access exclusive mode");
        var search = CompletableFuture.supplyAsync(() -> search(node));
        node.sendUdp(Messages.hep3(Messages.options("while-locked"), 2));
        LockSupport.parkNanos(700 * MILLION);
        connection.rollback();
        assertEquals(200, search.join());
      }
      var read = heard.next(event -> event.path("extra").asText().contains("dialog_index"));
      assertEquals("pgsql query", read.path("source").asText());
      assertTrue(read.path("extra").asText().startsWith("select"), read::toString);
      assertTrue(read.path("time").asLong() > 300_000, read::toString);
      assertTrue(read.path("time").asLong() < 30_000_000, read::toString);
      NodeApi.eventually(
          () -> {
            assertEquals(2, node.ingestMetrics().get("persisted"));
            return null;
          });
      assertTrue(statistic(node, "sql:sql_slow_queries") >= slowBefore + 2, "both are counted");
    }
  }

  private static int search(TestNode node) {
    try {
      return node.get("/api/dialogs").statusCode();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aWriteThatWaitsIsToldToo() throws Exception {
    var database = PgServer.shared().newDatabase();
    var settings =
        """
        sipscope.store = postgres
        sipscope.postgres.url = "%s"
        sipscope.postgres.user = "%s"
        sipscope.thresholds { sql = 300ms, message = 300ms }
        """
            .formatted(database, PgServer.USER);
    try (var node = TestNode.start(settings);
        var heard = EventsHeard.of(node, "E_CORE_THRESHOLD")) {
      try (var connection = DriverManager.getConnection(database, PgServer.USER, "");
          var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("lock table event_journal in share mode");
        node.sendUdp(Messages.hep3(Messages.options("waits"), 2));
        LockSupport.parkNanos(900 * MILLION);
        connection.rollback();
      }
      var kinds = new ArrayList<String>();
      while (!kinds.containsAll(List.of("pgsql query", "msg processing"))) {
        var told = heard.next();
        assertTrue(told.path("time").asLong() > 300_000, told::toString);
        var source = told.path("source").asText();
        if (source.equals("pgsql query")) {
          assertTrue(told.path("extra").asText().startsWith("copy event_journal"), told::toString);
        } else {
          assertEquals(Messages.options("waits"), told.path("extra").asText());
        }
        kinds.add(source);
      }
      assertEquals(1, statistic(node, "core:slow_messages"));
      assertEquals(1, statistic(node, "sql:sql_slow_queries"));
    }
  }

  /// The node's process has a resolver of its own, which answers after a second.
  @Test
  @RequiresTool(value = "unshare", debian = "util-linux")
  void aNameThatIsLookedUpSlowlyIsToldAndCounted(@TempDir Path folder) throws Exception {
    try (var names = SlowNames.start(1_000);
        var node =
            NodeProcess.start(
                folder,
                NodeProcess.freePorts(),
                Map.of("SIPSCOPE_STORE", "memory"),
                names.resolving(folder));
        var api = node.api();
        var heard = EventsHeard.of(api, "E_CORE_THRESHOLD")) {
      long before = statistic(api, "dns:dns_slow_queries");
      var started =
          new Mi(api)
              .result(
                  "trace_start",
                  "{\"id\":\"slow\",\"uri\":\"hep:collector.slow.example:9060;transport=udp\"}");
      assertEquals("\"OK\"", started);
      var told = heard.next(event -> event.path("source").asText().equals("dns"));
      assertEquals("collector.slow.example", told.path("extra").asText());
      assertTrue(told.path("time").asLong() >= 900_000, told::toString);
      assertTrue(statistic(api, "dns:dns_slow_queries") > before);
    }
  }
}
