package io.sipscope.persistence.store;

import static io.sipscope.persistence.Samples.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.sipscope.persistence.Samples;
import io.sipscope.persistence.index.DialogQuery;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2RetentionTest {
  private static final String OFTEN = "sipscope.retention.every = 100ms";

  @Test
  void whatIsPastItsTimeGoesAndADialogThatGoesOnStays() {
    var config = with(OFTEN, TestStores.memory());
    try (var node = new Node(config)) {
      node.observe(node.dialog("old"), Samples.invite("old", 1, 0));
      var lasting = node.dialog("lasting");
      node.observe(lasting, Samples.invite("lasting", 1, 0));
      fortyDaysPass(config);
      node.observe(lasting, Samples.answer("lasting", 1, "200 OK", SECOND));
      node.eventually(() -> assertEquals(List.of("lasting"), all(node)));
      assertEquals(2, node.count("journal", "events_deleted"));
      assertTrue(node.history("old", Long.MAX_VALUE).isEmpty());
      assertEquals(1, node.history("lasting", Long.MAX_VALUE).size());
    }
  }

  @Test
  void whatIsTooMuchGoesOldestFirst(@TempDir Path folder) {
    var settings = OFTEN + ", sipscope.retention.bytes = 1 MiB";
    try (var node = new Node(with(settings, TestStores.h2(folder)))) {
      node.observe(node.dialog("first"), Samples.invite("first", 1, 0));
      for (int i = 0; node.count("journal", "events_deleted") == 0; i++) {
        node.observe(node.dialog("call-" + i), Samples.large(i * SECOND));
        assertTrue(i < 1_000, "so much cannot fit in 1 MiB");
      }
      node.eventually(
          () -> assertEquals(List.of(), node.search(DialogQuery.where().callId("first").build())));
      assertTrue(node.history("first", Long.MAX_VALUE).isEmpty());
      node.observe(node.dialog("last"), Samples.invite("last", 1, 0));
      assertEquals(1, node.history("last", Long.MAX_VALUE).size());
    }
  }

  private static Config with(String settings, Config store) {
    return ConfigFactory.parseString(settings).withFallback(store);
  }

  private static List<String> all(Node node) {
    return node.search(DialogQuery.where().build()).stream().map(row -> row.key()).toList();
  }

  private static void fortyDaysPass(Config config) {
    try (var connection =
            DriverManager.getConnection(config.getString("sipscope.jdbc.url"), "sa", "");
        var statement = connection.createStatement()) {
      for (var table : List.of("event_journal", "dialog_index")) {
        statement.execute(
            "update %s set write_timestamp = write_timestamp - 3456000000".formatted(table));
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
