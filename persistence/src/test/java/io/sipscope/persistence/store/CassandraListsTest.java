package io.sipscope.persistence.store;

import static io.sipscope.persistence.Samples.SECOND;
import static io.sipscope.persistence.Samples.T0;
import static io.sipscope.persistence.index.DialogQuery.where;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.sipscope.persistence.Rows;
import io.sipscope.persistence.Samples;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.testing.CassandraServer;
import io.sipscope.testing.RequiresCassandra;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Searches that go over many hours, of which most are empty.
@RequiresCassandra
class CassandraListsTest {
  private static final long HOUR = 3600 * SECOND;
  private static final long NOW = T0 + 1000 * HOUR;
  private static final int DIALOGS = 60;

  @Test
  void pagesGoOverHoursThatAreFarApart() {
    try (var node = new Node(TestStores.cassandra())) {
      Node.await(node.write(farApart()));
      assertEquals(newestFirst(), pages(node, where().build(), 7));
      assertEquals(newestFirst().subList(10, 20), pages(node, between(40, 50), 3));
    }
  }

  /// Half of its timeout is over at once, so each page says no more than where to go on.
  @Test
  void aSearchWithoutTimeGoesOnAtEachPage() {
    var config = with(TestStores.cassandra(), "sipscope.index.timeout", "1ns");
    try (var node = new Node(config)) {
      Node.await(node.write(farApart()));
      assertEquals(List.of("call-59"), pages(node, where().from("call-59@").build(), 2));
      assertEquals(List.of("call-0"), pages(node, where().from("call-0@").build(), 2));
    }
  }

  @Test
  void whatBeganLongAgoAndGoesOnIsFoundByTheTimeItIsThen() {
    try (var node = new Node(TestStores.cassandra())) {
      Node.await(node.write(farApart()));
      var registration = Rows.call("long", 1).updatedAt(T0 + 500 * HOUR).row();
      Node.await(node.write(List.of(registration)));
      assertEquals(List.of("long"), pages(node, where().start(T0 + 400 * HOUR).build(), 5));
      var spanning =
          Node.await(node.index().around(T0 + 400 * HOUR, SECOND, where().build(), 10, NOW));
      assertEquals(List.of("long"), keys(spanning));
    }
  }

  @Test
  void aDialogThatMovesIsListedWhereItIsNow() {
    try (var node = new Node(TestStores.cassandra())) {
      for (int messages = 1; messages <= 5; messages++) {
        var row = Rows.call("a", 0).messages(messages).updatedAt(T0 + messages * HOUR).row();
        Node.await(node.write(List.of(row, Samples.row("b" + messages, messages * HOUR))));
      }
      var recent =
          Node.await(node.index().recent(where().build(), Optional.empty(), 100, NOW)).rows();
      assertEquals(List.of("b5", "a", "b4", "b3", "b2", "b1"), keys(recent));
    }
  }

  @Test
  void anotherRetentionChangesTheTables() {
    var config = TestStores.cassandra();
    new Node(config).close();
    assertEquals("2592000", timeToLive(config));
    new Node(with(config, "sipscope.retention.days", "7")).close();
    assertEquals("604800", timeToLive(config));
  }

  private static String timeToLive(Config config) {
    return CassandraServer.shared()
        .ask(
            "select default_time_to_live from system_schema.tables where keyspace_name = '"
                + config.getString("sipscope.cassandra.keyspace")
                + "' and table_name = 'event_journal'");
  }

  private static Config with(Config config, String path, String value) {
    return config.withValue(path, ConfigValueFactory.fromAnyRef(value));
  }

  /// One every six hours.
  private static List<DialogRow> farApart() {
    return IntStream.range(0, DIALOGS).mapToObj(CassandraListsTest::farApart).toList();
  }

  private static DialogRow farApart(int number) {
    var key = "call-" + number;
    return Rows.call(key, 6L * number * HOUR).parties(key + "@x", "bob").row();
  }

  private static List<String> newestFirst() {
    return IntStream.range(0, DIALOGS).mapToObj(i -> "call-" + (DIALOGS - 1 - i)).toList();
  }

  private static DialogQuery between(int from, int to) {
    return where().start(T0 + 6L * from * HOUR).end(T0 + 6L * to * HOUR).build();
  }

  private static List<String> pages(Node node, DialogQuery query, int limit) {
    var seen = new ArrayList<String>();
    Optional<DialogIndex.Cursor> after = Optional.empty();
    do {
      var page = Node.await(node.index().search(query, after, limit, NOW));
      assertTrue(page.rows().size() <= limit);
      seen.addAll(keys(page.rows()));
      after = page.next();
    } while (after.isPresent());
    return seen;
  }

  private static List<String> keys(List<DialogRow> rows) {
    return rows.stream().map(DialogRow::key).toList();
  }
}
