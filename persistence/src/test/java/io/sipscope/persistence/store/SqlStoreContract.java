package io.sipscope.persistence.store;

import com.typesafe.config.Config;
import java.sql.DriverManager;
import java.sql.SQLException;

/// [StoreContract] of the stores that speak SQL.
abstract class SqlStoreContract extends StoreContract {

  @Override
  void breakIndex(Config config) {
    sql(config, "alter table dialog_index rename to elsewhere");
  }

  @Override
  void mendIndex(Config config) {
    sql(config, "alter table elsewhere rename to dialog_index");
  }

  private static void sql(Config config, String statement) {
    try (var connection =
            DriverManager.getConnection(
                config.getString("sipscope.jdbc.url"),
                config.getString("sipscope.jdbc.user"),
                config.getString("sipscope.jdbc.password"));
        var sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
