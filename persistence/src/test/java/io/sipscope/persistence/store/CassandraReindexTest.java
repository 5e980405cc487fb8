package io.sipscope.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import com.typesafe.config.Config;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.reindex.Rebuild;
import io.sipscope.testing.CassandraServer;
import io.sipscope.testing.RequiresCassandra;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@RequiresCassandra
class CassandraReindexTest extends ReindexContract {

  @Test
  void whileAnotherNodeBuildsTheIndexThisOneDoesNot() {
    execute(config(), "insert into {k}.reindex_lock (name, owner) values ('reindex', 'other')");
    var refused =
        assertThrows(AssertionError.class, () -> Node.await(node().store().reindex().start()));
    var why = assertInstanceOf(Rebuild.Underway.class, refused.getCause().getCause());
    assertEquals("Another node is building the index already.", why.getMessage());
  }

  @Override
  Config emptyStore() {
    return TestStores.cassandra();
  }

  /// By consensus, as the rows were written: another write might be taken for older.
  @Override
  void empty(Config config, List<String> keys) {
    var statements = new ArrayList<String>();
    for (var list : List.of("dialog_list", "dialog_bucket", "dialog_call_id")) {
      statements.add("truncate {k}." + list);
    }
    for (var key : keys) {
      statements.add(
          "update {k}.event_journal set dialog = null, dialog_messages = null where persistence_id"
              + " = '"
              + Dialog.persistenceId(key).id()
              + "' and partition_nr = 0 if dialog_messages > 0");
    }
    execute(config, statements.toArray(String[]::new));
  }

  @Override
  void change(Config config, String id, int sequence, String manifest) {
    update(config, "ser_manifest = '" + manifest + "'", id, sequence);
  }

  @Override
  void damage(Config config, String id, int sequence, String bytes) {
    update(config, "event = 0x" + bytes, id, sequence);
  }

  private static void update(Config config, String assignment, String id, int sequence) {
    execute(
        config,
        "update {k}.event_journal set "
            + assignment
            + " where persistence_id = '"
            + id
            + "' and partition_nr = 0 and sequence_nr = "
            + sequence
            + " and timestamp = "
            + Uuids.startOf(sequence)
            + " if exists");
  }

  private static void execute(Config config, String... statements) {
    var keyspace = config.getString("sipscope.cassandra.keyspace");
    CassandraServer.shared()
        .execute(
            Stream.of(statements)
                .map(statement -> statement.replace("{k}", keyspace))
                .toArray(String[]::new));
  }
}
