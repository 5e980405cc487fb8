package io.sipscope.persistence.index;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The parts of the index in PostgreSQL: what [PostgresSearchIndexes] indexed of each segment, and
/// what is between.
public final class PostgresIndexParts implements IndexParts {
  private static final String SEGMENTS =
      """
      select segment,
        (select min(updated_step) from dialog_index row where row.segment = known.segment),
        (select max(updated_step) from dialog_index row where row.segment = known.segment)
      from journal_segment known
      """;

  private static final String RUNS =
      """
      select segment, updated_from, updated_to, texts from dialog_index_run
      order by segment, updated_from
      """;

  @Override
  public List<IndexPart> of(Connection connection) throws SQLException {
    var segments = segments(connection);
    try (var statement = connection.createStatement();
        var run = statement.executeQuery(RUNS)) {
      while (run.next()) {
        var segment = segments.get(run.getInt(1));
        if (segment != null) {
          segment.indexed(run.getLong(2), run.getLong(3), run.getBoolean(4));
        }
      }
    }
    var parts = new ArrayList<IndexPart>();
    segments.values().forEach(segment -> parts.addAll(segment.parts()));
    return parts;
  }

  private static SortedMap<Integer, Segment> segments(Connection connection) throws SQLException {
    var segments = new TreeMap<Integer, Segment>();
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(SEGMENTS)) {
      while (result.next()) {
        segment(result, segments);
      }
    }
    return segments;
  }

  private static void segment(ResultSet result, Map<Integer, Segment> segments)
      throws SQLException {
    int oldest = result.getInt(2);
    if (!result.wasNull()) {
      int number = result.getInt(1);
      segments.put(
          number,
          new Segment(number, UpdatedStep.begin(oldest), UpdatedStep.end(result.getInt(3))));
    }
  }

  /// A segment with rows, that is divided from its oldest on.
  private static final class Segment {
    private final int number;
    private final long oldest;
    private final long newest;
    private final List<IndexPart> parts = new ArrayList<>();
    private long next;
    private boolean done;

    Segment(int number, long oldest, long newest) {
      this.number = number;
      this.oldest = oldest;
      this.newest = newest;
      next = oldest;
    }

    void indexed(long from, long to, boolean texts) {
      if (done || from > newest || to < next) {
        return;
      }
      if (from > next) {
        add(from - 1, false, false);
      }
      add(Math.min(to, newest), true, texts);
    }

    List<IndexPart> parts() {
      if (!done) {
        add(newest, false, false);
      }
      return List.copyOf(parts);
    }

    private void add(long to, boolean terms, boolean texts) {
      boolean alone = next == oldest && to == newest;
      parts.add(new IndexPart(number, next, to, alone, terms, texts));
      done = to == newest;
      next = done ? to : to + 1;
    }
  }
}
