package io.sipscope.persistence.store;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import com.typesafe.config.Config;
import io.sipscope.testing.CassandraServer;
import io.sipscope.testing.RequiresCassandra;

@RequiresCassandra
class CassandraDamageTest extends DamagedDialogContract {

  @Override
  Config emptyStore() {
    return TestStores.cassandra();
  }

  @Override
  void change(Config config, String manifest) {
    update(config, "ser_manifest = '" + manifest + "'");
  }

  @Override
  void damage(Config config, String bytes) {
    update(config, "event = 0x" + bytes);
  }

  /// As the event was written by consensus, so is what replaces it: another write might be taken
  /// for older.
  private static void update(Config config, String assignment) {
    CassandraServer.shared()
        .execute(
            "update "
                + config.getString("sipscope.cassandra.keyspace")
                + ".event_journal set "
                + assignment
                + " where persistence_id = '"
                + DAMAGED
                + "' and partition_nr = 0 and sequence_nr = 1 and timestamp = "
                + Uuids.startOf(1)
                + " if exists");
  }
}
