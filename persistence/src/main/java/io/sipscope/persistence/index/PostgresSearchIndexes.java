package io.sipscope.persistence.index;

import io.sipscope.persistence.sql.AdvisoryLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the indexes that find what is rare, where they cost the writers nothing: on segments that
/// are closed, and within the open one on runs of rows that nobody updates any more. A row that is
/// updated after all was last heard of now, and so leaves its run.
///
/// They are made while everything else goes on, by one node at a time, and one that was not
/// finished is made again.
public final class PostgresSearchIndexes {
  /// Rows of a run: what a search for something rare reads one by one at most, about 40 ms.
  private static final int RUN = 50_000;

  /// Rows that came faster are indexed when their segment is closed, once instead of twice: that
  /// takes about 50 µs a row.
  private static final long SHORTEST_RUN = 600 * 1_000_000_000L;

  /// What was last heard of so long ago is rarely heard of again: registrations are renewed sooner.
  private static final long RUN_SETTLED_MILLIS = 3_600_000;

  /// Each is searched by itself, about half a millisecond.
  private static final int MAX_RUNS = 32;

  /// By now every node has heard that a segment is closed, and most of its dialogs have ended.
  private static final long SETTLED_MILLIS = 120_000;

  /// Less takes longer: the texts of 1,000,000 rows 80 s with the 64 MB that PostgreSQL gives.
  private static final String MEMORY = "256MB";

  private static final Logger LOG = LoggerFactory.getLogger(PostgresSearchIndexes.class);

  private static final String SEGMENTS =
      "select segment, extract(epoch from opened_at) * 1000 from journal_segment order by segment";

  private static final String RUNS =
      """
      select updated_from, updated_to, texts from dialog_index_run where segment = ?
      order by updated_from
      """;

  private static final String INSERT =
      "insert into dialog_index_run (segment, updated_from, updated_to, texts) values (?, ?, ?, ?)";

  private static final String LAST_OF_RUN =
      """
      select updated_step from dialog_index where segment = ? and updated_step between ? and ?
      order by updated_step offset ? limit 1
      """;

  private static final String OLDEST =
      "select min(updated_step) from dialog_index where segment = ? and updated_step >= ?";

  private final DataSource source;
  private final int rows;
  private final long shortest;
  private boolean withoutTexts;

  public PostgresSearchIndexes(DataSource source) {
    this(source, RUN, SHORTEST_RUN);
  }

  /// @param rows of a run
  /// @param shortest nanoseconds that they take to come
  PostgresSearchIndexes(DataSource source, int rows, long shortest) {
    this.source = source;
    this.rows = rows;
    this.shortest = shortest;
  }

  private record Segment(int number, long openedAt) {}

  /// @param texts whether the texts are indexed, too
  private record Run(long from, long to, boolean texts) {
    boolean isAll() {
      return from == Long.MIN_VALUE && to == Long.MAX_VALUE;
    }
  }

  private enum Kind {
    TERMS("terms", "gin (" + SearchTerms.TERMS + ")"),
    PHASES("phases", "btree (phase, (" + SearchTerms.EXPIRES + "))"),
    LINKS("links", "gin (" + SearchTerms.LINKS + ")"),
    TEXTS("texts", "gin (" + SearchTerms.TEXTS + " gin_trgm_ops)");

    private final String text;
    private final String sql;

    Kind(String text, String sql) {
      this.text = text;
      this.sql = sql;
    }
  }

  /// Makes what is missing.
  ///
  /// @param now milliseconds since the epoch
  public void run(long now) throws SQLException {
    try (var connection = source.getConnection()) {
      connection.setAutoCommit(true);
      if (!lock(connection)) {
        return;
      }
      try {
        execute(connection, "set maintenance_work_mem = '" + MEMORY + "'");
        make(connection, now);
      } finally {
        execute(connection, "reset maintenance_work_mem");
        execute(connection, "select pg_advisory_unlock(" + AdvisoryLock.SEARCH_INDEXES.key() + ")");
      }
    }
  }

  private void make(Connection connection, long now) throws SQLException {
    var segments = segments(connection);
    for (int i = 0; i + 1 < segments.size(); i++) {
      if (segments.get(i + 1).openedAt() <= now - SETTLED_MILLIS) {
        makeWhole(connection, segments.get(i).number());
      }
    }
    if (!segments.isEmpty()) {
      makeRuns(connection, segments.getLast().number(), (now - RUN_SETTLED_MILLIS) * 1_000_000L);
    }
  }

  /// The runs it had are then of no use.
  private void makeWhole(Connection connection, int segment) throws SQLException {
    var runs = runs(connection, segment);
    if (runs.stream().anyMatch(run -> run.isAll() && (run.texts() || withoutTexts))) {
      return;
    }
    boolean texts = index(connection, segment, "", "");
    for (int i = 0; i < runs.size(); i++) {
      for (var kind : Kind.values()) {
        drop(connection, name(segment, kind, "_" + i));
      }
    }
    connection.setAutoCommit(false);
    execute(connection, "delete from dialog_index_run where segment = " + segment);
    insert(connection, segment, new Run(Long.MIN_VALUE, Long.MAX_VALUE, texts));
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void makeRuns(Connection connection, int segment, long settled) throws SQLException {
    int last = UpdatedStep.of(settled) - 1;
    var runs = new ArrayList<>(runs(connection, segment));
    int from = Integer.MIN_VALUE;
    for (var run : List.copyOf(runs)) {
      int begins = UpdatedStep.of(run.from());
      if (from < begins) {
        makeRuns(connection, segment, from, Math.min(begins - 1, last), runs);
      }
      from = UpdatedStep.of(run.to()) + 1;
    }
    makeRuns(connection, segment, from, last, runs);
  }

  /// Makes the runs that the rows within steps give, each of whole steps.
  private void makeRuns(Connection connection, int segment, int from, int to, List<Run> runs)
      throws SQLException {
    int next = from;
    while (runs.size() < MAX_RUNS) {
      var oldest = number(connection, OLDEST, segment, next);
      if (oldest.isEmpty()) {
        return;
      }
      // A run begins where the one before it ends: nothing is searched between them.
      int first = next == Integer.MIN_VALUE ? oldest.getAsInt() : next;
      var last = number(connection, LAST_OF_RUN, segment, first, to, rows - 1);
      if (last.isEmpty()) {
        return;
      }
      var begins = UpdatedStep.begin(first);
      var ends = UpdatedStep.end(last.getAsInt());
      if (ends - begins < shortest) {
        return;
      }
      var where = " where updated_step between " + first + " and " + last.getAsInt();
      boolean texts = index(connection, segment, "_" + runs.size(), where);
      var run = new Run(begins, ends, texts);
      insert(connection, segment, run);
      runs.add(run);
      next = last.getAsInt() + 1;
    }
  }

  /// Makes the indexes of one run; whether that of the texts is among them. The planner then knows
  /// what is in them.
  private boolean index(Connection connection, int segment, String run, String where)
      throws SQLException {
    long begun = System.nanoTime();
    boolean texts = canIndexTexts(connection);
    for (var kind : Kind.values()) {
      if (kind == Kind.TEXTS && !texts) {
        continue;
      }
      var name = name(segment, kind, run);
      drop(connection, name);
      execute(
          connection,
          "create index concurrently "
              + name
              + (" on dialog_index_" + segment + " using ")
              + kind.sql
              + where);
    }
    execute(connection, "analyze dialog_index_" + segment);
    LOG.debug(
        "indexed {} of segment {} in {} ms",
        run.isEmpty() ? "all" : "run " + run,
        segment,
        (System.nanoTime() - begun) / 1_000_000);
    return texts;
  }

  private static String name(int segment, Kind kind, String run) {
    return "dialog_index_" + segment + "_" + kind.text + run;
  }

  private static void drop(Connection connection, String index) throws SQLException {
    execute(connection, "drop index concurrently if exists " + index);
  }

  /// The extension is PostgreSQL's own, but may not be installed, or not be ours to add.
  private boolean canIndexTexts(Connection connection) {
    if (withoutTexts) {
      return false;
    }
    try {
      execute(connection, "create extension if not exists pg_trgm");
      return true;
    } catch (SQLException e) {
      withoutTexts = true;
      LOG.warn(
          "searches for parts of names and texts read every row: the database has no extension"
              + " pg_trgm for this user ({})",
          e.getMessage());
      return false;
    }
  }

  private static void insert(Connection connection, int segment, Run run) throws SQLException {
    try (var statement = connection.prepareStatement(INSERT)) {
      statement.setInt(1, segment);
      statement.setLong(2, run.from());
      statement.setLong(3, run.to());
      statement.setBoolean(4, run.texts());
      statement.executeUpdate();
    }
  }

  private static boolean lock(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "select pg_try_advisory_lock(" + AdvisoryLock.SEARCH_INDEXES.key() + ")")) {
      return result.next() && result.getBoolean(1);
    }
  }

  private static List<Segment> segments(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(SEGMENTS)) {
      var segments = new ArrayList<Segment>();
      while (result.next()) {
        segments.add(new Segment(result.getInt(1), result.getLong(2)));
      }
      return segments;
    }
  }

  private static List<Run> runs(Connection connection, int segment) throws SQLException {
    try (var statement = connection.prepareStatement(RUNS)) {
      statement.setInt(1, segment);
      var runs = new ArrayList<Run>();
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          runs.add(new Run(result.getLong(1), result.getLong(2), result.getBoolean(3)));
        }
      }
      return runs;
    }
  }

  /// The one number of an answer, if it has any.
  private static OptionalInt number(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (var result = statement.executeQuery()) {
        if (!result.next()) {
          return OptionalInt.empty();
        }
        int number = result.getInt(1);
        return result.wasNull() ? OptionalInt.empty() : OptionalInt.of(number);
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
