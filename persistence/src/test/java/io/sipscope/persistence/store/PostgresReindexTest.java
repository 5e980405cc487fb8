package io.sipscope.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import io.sipscope.persistence.reindex.Progress;
import io.sipscope.persistence.reindex.Rebuild;
import io.sipscope.persistence.sql.AdvisoryLock;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class PostgresReindexTest extends SqlReindexContract {
  @Override
  Config emptyStore() {
    return TestStores.postgres();
  }

  @Test
  void whileAnotherNodeBuildsTheIndexThisOneDoesNot() throws Exception {
    var config = config();
    var node = node();
    try (var other =
            DriverManager.getConnection(
                config.getString("sipscope.jdbc.url"),
                config.getString("sipscope.jdbc.user"),
                config.getString("sipscope.jdbc.password"));
        var statement = other.createStatement()) {
      statement.execute("select pg_advisory_lock(" + AdvisoryLock.REINDEX.key() + ")");
      var refused =
          assertThrows(AssertionError.class, () -> Node.await(node.store().reindex().start()));
      var why = assertInstanceOf(Rebuild.Underway.class, refused.getCause().getCause());
      assertEquals("Another node is building the index already.", why.getMessage());
      assertEquals(Progress.State.IDLE, node.store().reindex().progress().state());
    }
  }
}
