package io.sipscope.persistence.store;

import static io.sipscope.persistence.Samples.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.sipscope.persistence.Samples;
import io.sipscope.persistence.index.DialogQuery;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresRetentionTest {
  private static final String OFTEN = "sipscope.retention.every = 100ms";

  @Test
  void whatIsPastItsTimeGoesWithItsSegmentAndADialogThatGoesOnStays() {
    var config = with(OFTEN);
    try (var node = new Node(config)) {
      node.observe(node.dialog("old"), Samples.invite("old", 1, 0));
      var lasting = node.dialog("lasting");
      node.observe(lasting, Samples.invite("lasting", 1, 0));
      fortyDaysPass(config);
      node.eventually(() -> assertEquals(1, node.count("journal", "segments_opened")));
      node.observe(lasting, Samples.answer("lasting", 1, "200 OK", SECOND));
      assertEquals(2, all(node).size());
      fortyDaysPass(config);
      node.eventually(() -> assertEquals(1, node.count("journal", "segments_dropped")));
      assertEquals(List.of("lasting"), all(node));
      assertTrue(node.history("old", Long.MAX_VALUE).isEmpty());
      assertEquals(1, node.history("lasting", Long.MAX_VALUE).size());
      node.stop(lasting);
      var bye = Samples.answer("lasting", 2, "200 OK", 2 * SECOND);
      assertEquals(2, node.observe(node.dialog("lasting"), bye).firstSeq());
      assertEquals(List.of("lasting"), all(node));
    }
  }

  @Test
  void aSegmentThatIsBeingReadIsKeptForThatLongAndTheNextOpensAllTheSame() throws SQLException {
    var config = with(OFTEN);
    try (var node = new Node(config)) {
      fortyDaysPass(config);
      node.eventually(() -> assertEquals(1, node.count("journal", "segments_opened")));
      try (var reading = connect(config);
          var statement = reading.createStatement()) {
        reading.setAutoCommit(false);
        statement.executeQuery("select count(*) from event_journal");
        fortyDaysPass(config);
        node.eventually(() -> assertEquals(3, segments(config)));
        assertEquals(0, node.count("journal", "segments_dropped"));
      }
      node.eventually(() -> assertEquals(1, node.count("journal", "segments_dropped")));
    }
  }

  @Test
  void whatIsTooMuchGoesOldestFirst() {
    try (var node = new Node(with(OFTEN + ", sipscope.retention.bytes = 2 MiB"))) {
      node.observe(node.dialog("first"), Samples.invite("first", 1, 0));
      for (int i = 0; node.count("journal", "segments_dropped") == 0; i++) {
        node.observe(node.dialog("call-" + i), Samples.large(i * SECOND));
        assertTrue(i < 1_000, "so much cannot fit in 2 MiB");
      }
      node.eventually(() -> assertTrue(node.history("first", Long.MAX_VALUE).isEmpty()));
      assertEquals(List.of(), node.search(DialogQuery.where().callId("first").build()));
      node.observe(node.dialog("last"), Samples.invite("last", 1, 0));
      assertEquals(1, node.history("last", Long.MAX_VALUE).size());
    }
  }

  private static Config with(String settings) {
    return ConfigFactory.parseString(settings).withFallback(TestStores.postgres());
  }

  private static List<String> all(Node node) {
    return node.search(DialogQuery.where().build()).stream().map(row -> row.key()).toList();
  }

  private static void fortyDaysPass(Config config) {
    try (var connection = connect(config);
        var statement = connection.createStatement()) {
      statement.execute("update journal_segment set opened_at = opened_at - interval '40 days'");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static int segments(Config config) {
    try (var connection = connect(config);
        var statement = connection.createStatement();
        var result = statement.executeQuery("select count(*) from journal_segment")) {
      return result.next() ? result.getInt(1) : 0;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static Connection connect(Config config) throws SQLException {
    return DriverManager.getConnection(
        config.getString("sipscope.jdbc.url"),
        config.getString("sipscope.jdbc.user"),
        config.getString("sipscope.jdbc.password"));
  }
}
