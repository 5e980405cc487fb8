package io.sipscope.node.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.CannotStart;
import io.sipscope.node.NodeApi;
import io.sipscope.node.TestNode;
import io.sipscope.node.ingest.Messages;
import io.sipscope.testing.PgServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From HEP in to HEP and rows out, as the configuration of an OpenSIPS says it.
class TracedNodeIT {
  private static final int MESSAGES = 50;

  @TempDir private Path data;

  private String settings(int hepPort, String database) {
    var path = database.substring("jdbc:postgresql://".length());
    return """
    sipscope.store = memory
    sipscope.data-dir = "%s"
    sipscope.trace {
      hep-ids = ["[h3] 127.0.0.1:%d;transport=tcp;version=3"]
      ids = ["[tid]uri=hep:h3", "[tid]uri=postgres://%s@%s;table=sip_trace"]
      rules = [{ trace-id = tid, scope = m, attributes = seen }]
    }
    """
        .formatted(data, hepPort, PgServer.USER, path);
  }

  private static List<List<String>> rows(String database) {
    try (var connection = DriverManager.getConnection(database, PgServer.USER, "");
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select callid, trace_attrs, status, direction from sip_trace order by id")) {
      var all = new ArrayList<List<String>>();
      while (rows.next()) {
        all.add(
            List.of(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
      }
      return all;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyMessageIsInEveryDestinationOnce() throws IOException {
    var database = PgServer.shared().newDatabase();
    try (var receiver = Receiver.on(0);
        var node = TestNode.start(settings(receiver.port(), database))) {
      try (var hep = node.hepTcp()) {
        for (int i = 0; i < MESSAGES; i++) {
          hep.getOutputStream().write(Messages.hep3(Messages.options("call", i), 1_000_000L * i));
        }
        NodeApi.eventually(
            () -> {
              assertEquals(MESSAGES, receiver.numbers().size());
              assertEquals(MESSAGES, rows(database).size());
              return true;
            });
      }
      assertEquals(IntStream.range(0, MESSAGES).boxed().toList(), receiver.numbers());
      assertEquals("call", receiver.packets().getFirst().correlationId());
      assertEquals(List.of("call", "seen", "", "in"), rows(database).getFirst());
    }
  }

  @Test
  void aTableOfAnotherVersionRefusesTheStartAndSaysWhy() throws SQLException {
    var database = PgServer.shared().newDatabase();
    try (var connection = DriverManager.getConnection(database, PgServer.USER, "");
        var statement = connection.createStatement()) {
      statement.execute("create table version (table_name varchar(32), table_version integer)");
      statement.execute("insert into version values ('sip_trace', 4)");
    }
    var refused = assertThrows(CannotStart.class, () -> TestNode.start(settings(1, database)));
    assertTrue(refused.getMessage().startsWith("sipscope.trace.ids is "), refused.getMessage());
    assertTrue(refused.getMessage().contains("version 4"), refused.getMessage());
  }
}
