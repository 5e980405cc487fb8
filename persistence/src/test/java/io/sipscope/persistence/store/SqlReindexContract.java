package io.sipscope.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.Config;
import io.sipscope.persistence.Queries;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// [ReindexContract] of the stores that speak SQL.
abstract class SqlReindexContract extends ReindexContract {

  @Test
  void columnsThatAreSearchedByAreMended() {
    var written = dialogs(3);
    sql(config(), "update dialog_index set caller = '', search_text = ''");
    assertEquals(List.of(), node().search(Queries.query().text("alice").build()));
    assertEquals(3, reindexed().rewritten());
    assertEquals(written, node().search(Queries.query().text("alice").build()));
    assertEquals(written, node().search(Queries.query().from("alice").build()));
  }

  @Override
  void empty(Config config, List<String> keys) {
    sql(config, "delete from dialog_index");
  }

  @Override
  void change(Config config, String id, int sequence, String manifest) {
    update(config, "event_ser_manifest = '" + manifest + "'", id, sequence);
  }

  @Override
  void damage(Config config, String id, int sequence, String bytes) {
    var binary =
        config.getString("sipscope.store").equals("postgres")
            ? "'\\x" + bytes + "'"
            : "x'" + bytes + "'";
    update(config, "event_payload = " + binary, id, sequence);
  }

  private static void update(Config config, String assignment, String id, int sequence) {
    assertEquals(
        1,
        sql(
            config,
            "update event_journal set "
                + assignment
                + " where persistence_id = '"
                + id
                + "' and sequence_number = "
                + sequence));
  }

  private static int sql(Config config, String statement) {
    try (var connection =
            DriverManager.getConnection(
                config.getString("sipscope.jdbc.url"),
                config.getString("sipscope.jdbc.user"),
                config.getString("sipscope.jdbc.password"));
        var sql = connection.createStatement()) {
      return sql.executeUpdate(statement);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
