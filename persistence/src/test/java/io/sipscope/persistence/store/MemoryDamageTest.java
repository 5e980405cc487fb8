package io.sipscope.persistence.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import java.sql.DriverManager;
import java.sql.SQLException;

class MemoryDamageTest extends DamagedDialogContract {

  @Override
  Config emptyStore() {
    return TestStores.memory();
  }

  @Override
  void change(Config config, String manifest) {
    update(config, "event_ser_manifest = '" + manifest + "'");
  }

  @Override
  void damage(Config config, String bytes) {
    update(config, "event_payload = x'" + bytes + "'");
  }

  private static void update(Config config, String assignment) {
    var statement =
        "update event_journal set "
            + assignment
            + " where persistence_id = '"
            + DAMAGED
            + "' and sequence_number = 1";
    try (var connection =
            DriverManager.getConnection(config.getString("sipscope.jdbc.url"), "sa", "");
        var sql = connection.createStatement()) {
      assertTrue(sql.executeUpdate(statement) > 0);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
