package io.sipscope.persistence.index;

import static io.sipscope.persistence.Samples.SECOND;
import static io.sipscope.persistence.Samples.T0;
import static io.sipscope.persistence.index.DialogQuery.where;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.Rows;
import io.sipscope.persistence.Samples;
import io.sipscope.persistence.index.IndexTable.Change;
import io.sipscope.protocol.dialog.Phase;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresSearchIndexesTest {
  private static final long NOW = T0 + 3600 * SECOND;

  /// More than a step of `updated_step`.
  private static final long STEP = 100 * SECOND;

  private SegmentedIndex segmented;

  @BeforeEach
  void start() throws SQLException {
    segmented = new SegmentedIndex();
  }

  @AfterEach
  void stop() {
    segmented.close();
  }

  static Stream<Arguments> filters() {
    return Stream.of(
        Arguments.of(where().method("invite"), "terms"),
        Arguments.of(where().trunk("carrier"), "terms"),
        Arguments.of(where().status("486"), "terms"),
        Arguments.of(where().status("4xx"), "terms"),
        Arguments.of(where().agent("edge-1"), "terms"),
        Arguments.of(where().address("192.0.2.10"), "terms"),
        Arguments.of(where().address("192.0.2.10:5060"), "terms"),
        Arguments.of(where().address("2001:db8::30"), "terms"),
        Arguments.of(where().from("alice"), "texts"),
        Arguments.of(where().to("4930123456789"), "texts"),
        Arguments.of(where().user("bob@example.net"), "texts"),
        Arguments.of(where().text("yealink"), "texts"),
        Arguments.of(where().phase(Phase.EARLY), "phases"),
        Arguments.of(where().phase(Phase.EXPIRED), "phases"));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void aClosedSegmentIsIndexedByEachFilter(DialogQueryBuilder filter, String index)
      throws SQLException {
    segmented.write(List.of(Samples.row("a", 0)));
    segmented.nextSegment();
    segmented.indexed(Integer.MAX_VALUE);
    var plan = plan(filter.build());
    assertTrue(plan.contains("dialog_index_0_" + index), plan);
  }

  @ParameterizedTest
  @MethodSource("filters")
  void soIsARunOfTheOpenOne(DialogQueryBuilder filter, String index) throws SQLException {
    segmented.write(List.of(Samples.row("a", 0), Samples.row("b", STEP)));
    segmented.indexed(1);
    for (var other :
        Stream.of("terms", "texts", "phases", "links")
            .filter(kind -> !kind.equals(index))
            .toList()) {
      execute("drop index dialog_index_0_" + other + "_1");
    }
    var plan = plan(filter.build());
    assertTrue(plan.contains("dialog_index_0_" + index + "_1"), plan);
  }

  @Test
  void soAreTheLinksOfLegs() throws SQLException {
    segmented.write(List.of(Rows.call("a", 0).links("token").row()));
    segmented.nextSegment();
    segmented.indexed(Integer.MAX_VALUE);
    try (var connection = segmented.source().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("set enable_seqscan = off");
      try (var result =
          statement.executeQuery(
              "explain select 1 from dialog_index where segment = 0 and "
                  + SearchTerms.LINKS
                  + " && string_to_array('token', E'\\n')")) {
        var plan = new StringBuilder();
        while (result.next()) {
          plan.append(result.getString(1)).append('\n');
        }
        assertTrue(plan.toString().contains("dialog_index_0_links"), plan.toString());
      }
    }
  }

  @Test
  void whatIsWrittenToAClosedSegmentLateIsFound() throws SQLException {
    segmented.write(List.of(Samples.row("a", 0)));
    segmented.nextSegment();
    segmented.indexed(Integer.MAX_VALUE);
    execute("update dialog_index set dialog_key = 'late', caller = 'carol', updated_at = 0");
    assertEquals(List.of("late"), keys(where().from("carol")));
  }

  @Test
  void whatIsUpdatedLeavesItsRunAndIsFoundOnce() {
    segmented.write(List.of(Samples.row("a", 0), Samples.row("b", STEP)));
    segmented.indexed(1);
    segmented.write(List.of(Rows.call("a", 0).messages(90).updatedAt(T0 + 2 * STEP).row()));
    assertEquals(List.of("b", "a"), keys(where()));
    assertEquals(List.of("b", "a"), keys(where().from("alice")));
  }

  /// The writers would otherwise pay for each index with each message.
  @Test
  void anUpdateWithinAStepChangesNoIndex() throws SQLException {
    segmented.write(List.of(Samples.row("a", 0)));
    try (var connection = segmented.source().getConnection()) {
      connection.setAutoCommit(false);
      var changed =
          Rows.call("a", 0)
              .messages(90)
              .updatedAt(UpdatedStep.end(UpdatedStep.of(T0)))
              .phase(Phase.TERMINATED)
              .row();
      new PostgresIndexTable(() -> 0).update(connection, List.of(new Change(changed, 1)));
      try (var statement = connection.createStatement();
          var result =
              statement.executeQuery(
                  "select pg_stat_get_xact_tuples_hot_updated('dialog_index_0'::regclass)")) {
        result.next();
        assertEquals(1, result.getInt(1));
      }
    }
  }

  @Test
  void dialogsOfMoreThanAnHourAreFoundByTheirEnd() {
    long hour = 3600 * SECOND;
    segmented.write(
        List.of(
            Rows.call("exactly", 0).updatedAt(T0 + hour).row(),
            Rows.call("longer", 0).updatedAt(T0 + hour + SECOND).row(),
            Rows.call("days", 0).updatedAt(T0 + 72 * hour).row(),
            Samples.row("short", hour)));
    segmented.indexed(1);
    assertEquals(List.of("short", "longer", "exactly", "days"), keys(where().start(T0 + hour)));
    assertEquals(List.of("days"), keys(where().start(T0 + 2 * hour).end(T0 + 3 * hour)));
  }

  @Test
  void aClosedSegmentIsOnePartAgain() throws SQLException {
    segmented.write(List.of(Samples.row("a", 0), Samples.row("b", STEP)));
    segmented.indexed(1);
    assertEquals(2, parts().size());
    segmented.nextSegment();
    segmented.indexed(1);
    assertEquals(1, parts().size());
    assertTrue(parts().getFirst().alone());
    assertEquals(
        "3", first("select count(*) from pg_class where relname ~ '_(terms|texts|phases)'"));
  }

  @Test
  void whatWasNotFinishedIsMadeAgain() throws SQLException {
    segmented.write(List.of(Samples.row("a", 0)));
    segmented.nextSegment();
    execute("create index dialog_index_0_terms on dialog_index_0 (phase)");
    execute(
        "update pg_index set indisvalid = false"
            + " where indexrelid = 'dialog_index_0_terms'::regclass");
    segmented.indexed(Integer.MAX_VALUE);
    assertEquals("0", first("select count(*) from pg_index where not indisvalid"));
    assertTrue(plan(where().method("invite").build()).contains("dialog_index_0_terms"));
  }

  @Test
  void whereTextsCannotBeIndexedTheyAreFoundAllTheSame() throws SQLException {
    execute("create type gtrgm as (name text)"); // the extension needs that name
    segmented.write(List.of(Samples.row("a", 0)));
    segmented.nextSegment();
    segmented.indexed(Integer.MAX_VALUE);
    assertEquals(
        List.of(true, false), List.of(parts().getFirst().terms(), parts().getFirst().texts()));
    assertEquals(List.of("a"), keys(where().from("alice").method("invite")));
    execute("drop type gtrgm");
    segmented.indexed(Integer.MAX_VALUE);
    assertTrue(parts().getFirst().texts());
  }

  private List<IndexPart> parts() throws SQLException {
    try (var connection = segmented.source().getConnection()) {
      return new PostgresIndexParts().of(connection);
    }
  }

  private List<String> keys(DialogQueryBuilder asked) {
    return segmented
        .index()
        .search(asked.build(), Optional.empty(), 100, NOW)
        .toCompletableFuture()
        .join()
        .rows()
        .stream()
        .map(DialogRow::key)
        .toList();
  }

  /// How the newest stretch is read when nothing but an index of its condition will do.
  private String plan(DialogQuery asked) throws SQLException {
    var times = TimeBounds.of(asked, SearchOrder.STARTED, Optional.empty());
    var stretch = Stretch.of(parts(), times, SearchOrder.STARTED).getFirst();
    var sql = SearchSql.page(asked, stretch, SearchOrder.STARTED, Optional.empty(), 10, NOW);
    execute("drop index if exists dialog_index_started, dialog_index_updated");
    try (var connection = segmented.source().getConnection()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("set local enable_seqscan = off");
      }
      try (var statement = connection.prepareStatement("explain " + sql.text())) {
        for (int i = 0; i < sql.parameters().size(); i++) {
          statement.setObject(i + 1, sql.parameters().get(i));
        }
        var plan = new StringBuilder();
        try (var lines = statement.executeQuery()) {
          while (lines.next()) {
            plan.append(lines.getString(1)).append('\n');
          }
        }
        return plan.toString();
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection = segmented.source().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String first(String sql) throws SQLException {
    try (var connection = segmented.source().getConnection();
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
