package io.sipscope.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.index.DialogQuery;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// [ReindexContract] of the stores that speak SQL.
abstract class SqlReindexContract extends ReindexContract {

  @Test
  void columnsThatAreSearchedByAreMended() {
    var written = dialogs(3);
    sql(config(), "update dialog_index set caller = '', search_text = ''");
    assertEquals(List.of(), node().search(DialogQuery.where().text("alice").build()));
    assertEquals(3, reindexed().rewritten());
    assertEquals(written, node().search(DialogQuery.where().text("alice").build()));
    assertEquals(written, node().search(DialogQuery.where().from("alice").build()));
  }

  /// One bit of one of the two events of each third dialog, wherever in it.
  @Test
  void aFlippedBitIsFoundAndDamagesItsOwnDialogOnly() throws SQLException {
    dialogs(90);
    var random = new Random(11);
    var flipped = new TreeSet<String>();
    for (int i = 0; i < 90; i += 3) {
      flip(id(i), 1 + random.nextInt(2), random);
      flipped.add(Dialog.key(id(i)));
    }
    assertEquals(flipped.size(), reindexed().damaged());
    for (var row : all()) {
      assertEquals(flipped.contains(row.key()), !row.damaged().isEmpty(), row::toString);
      if (!flipped.contains(row.key())) {
        assertEquals(2, node().history(row.key(), Long.MAX_VALUE).size());
      }
    }
    assertEquals(flipped, new TreeSet<>(keys(damaged())));
  }

  private void flip(String id, int sequence, Random random) throws SQLException {
    var where = " where persistence_id = ? and sequence_number = ?";
    try (var connection = connection(config());
        var read = connection.prepareStatement("select event_payload from event_journal" + where);
        var write =
            connection.prepareStatement("update event_journal set event_payload = ?" + where)) {
      read.setString(1, id);
      read.setInt(2, sequence);
      byte[] payload;
      try (var result = read.executeQuery()) {
        assertTrue(result.next());
        payload = result.getBytes(1);
      }
      payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
      write.setBytes(1, payload);
      write.setString(2, id);
      write.setInt(3, sequence);
      assertEquals(1, write.executeUpdate());
    }
  }

  private static Connection connection(Config config) throws SQLException {
    return DriverManager.getConnection(
        config.getString("sipscope.jdbc.url"),
        config.getString("sipscope.jdbc.user"),
        config.getString("sipscope.jdbc.password"));
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
    try (var connection = connection(config);
        var sql = connection.createStatement()) {
      return sql.executeUpdate(statement);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
