package io.sipscope.persistence.index;

import io.sipscope.persistence.sql.BinaryCopy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;

/// The index in PostgreSQL. New rows come by COPY, known ones are updated by one statement a batch.
/// The table is kept in segments that follow each other in time; a dialog's row moves on with it.
public final class PostgresIndexTable implements IndexTable {
  private static final String COPY =
      "copy dialog_index (" + IndexColumns.NAMES + ", segment) from stdin (format binary)";

  private static final String NEXT =
      """
      unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[],
        ?::text[], ?::text[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::text[],
        ?::bigint[], ?::bytea[], ?::bigint[], ?::text[], ?::text[])
        as next (dialog_key, started_at, updated_at, expires_at, phase, method, caller, callee,
        trunk, status, addresses, agents, search_text, call_id, messages, summary, write_timestamp,
        damaged, links)
      """;

  private static final String UPDATE =
      """
      update dialog_index known set
        started_at = next.started_at, updated_at = next.updated_at, expires_at = next.expires_at,
        phase = next.phase, method = next.method, caller = next.caller, callee = next.callee,
        trunk = next.trunk, status = next.status, addresses = next.addresses,
        agents = next.agents, search_text = next.search_text, call_id = next.call_id,
        messages = next.messages, summary = next.summary, write_timestamp = next.write_timestamp,
        damaged = next.damaged, links = next.links, segment = ?
      from
      """
          + NEXT
          + """
          where known.dialog_key = next.dialog_key
            and (known.messages <= next.messages or next.damaged <> '')
            and known.segment >= ?
          returning known.dialog_key
          """;

  /// The row stays in its segment, which is that of its newest event. What is the same is left as
  /// it is: a row that is written moves, and leaves its space behind.
  private static final String REBUILD =
      """
      update dialog_index known set
        started_at = next.started_at, updated_at = next.updated_at, expires_at = next.expires_at,
        phase = next.phase, method = next.method, caller = next.caller, callee = next.callee,
        trunk = next.trunk, status = next.status, addresses = next.addresses,
        agents = next.agents, search_text = next.search_text, call_id = next.call_id,
        messages = next.messages, summary = next.summary, damaged = next.damaged,
        links = next.links
      from
      """
          + NEXT
          + """
          where known.dialog_key = next.dialog_key and known.messages <= next.messages
            and row(known.summary, known.trunk, known.damaged, known.addresses, known.agents,
              known.search_text, known.links)
            <> row(next.summary, next.trunk, next.damaged, next.addresses, next.agents,
              next.search_text, next.links)
          """;

  private static final String MARK =
      """
      update dialog_index known set damaged = next.damaged
      from unnest(?::text[], ?::text[]) as next (dialog_key, damaged)
      where known.dialog_key = next.dialog_key and known.damaged <> next.damaged
      """;

  /// In the segment of the newest event, so that both leave together. Where that was the open
  /// segment or the one before, the dialog may be going on, and its own row comes to the open one:
  /// there only one of both has room.
  private static final String REBUILD_MISSING =
      "insert into dialog_index ("
          + IndexColumns.NAMES
          + ", segment) select next.*, case when newest.segment >= ? - 1 then ? else newest.segment"
          + " end from "
          + NEXT
          + """
          , lateral (
            select max(event.segment) as segment from event_journal event
            where event.persistence_id = ? || next.dialog_key) newest
          where newest.segment is not null and not exists (
            select 1 from dialog_index known where known.dialog_key = next.dialog_key)
          """;

  private static final String INSERT_MISSING =
      "insert into dialog_index ("
          + IndexColumns.NAMES
          + ", segment) select next.*, ? from "
          + NEXT
          + """
          where not exists (
            select 1 from dialog_index known where known.dialog_key = next.dialog_key)
          """;

  /// What a persistence id has before the key, see `Dialog.persistenceId`.
  private static final String BEFORE_KEY = "Dialog|";

  private final IntSupplier segment;

  /// @param segment the segment to write to
  public PostgresIndexTable(IntSupplier segment) {
    this.segment = segment;
  }

  @Override
  public void insert(Connection connection, Collection<Change> changes) throws SQLException {
    int current = segment.getAsInt();
    var copy = new BinaryCopy(changes.size() * 1024);
    for (var change : changes) {
      row(copy, IndexColumns.of(change.row(), change.writtenAt()), current);
    }
    copy.send(connection, COPY);
  }

  /// Most dialogs were written to lately, and are in the open segment or the one before.
  @Override
  public void update(Connection connection, Collection<Change> changes) throws SQLException {
    int current = segment.getAsInt();
    var rows = new ArrayList<IndexColumns>(changes.size());
    for (var change : changes) {
      rows.add(IndexColumns.of(change.row(), change.writtenAt()));
    }
    var others = without(rows, update(connection, rows, current, current - 1));
    if (!others.isEmpty()) {
      others = without(others, update(connection, others, current, 0));
    }
    if (!others.isEmpty()) {
      insertMissing(connection, others, current);
    }
  }

  @Override
  public int rebuild(Connection connection, Collection<Change> changes) throws SQLException {
    var rows = new ArrayList<IndexColumns>(changes.size());
    for (var change : changes) {
      rows.add(IndexColumns.of(change.row(), change.writtenAt()));
    }
    return rewrite(connection, rows) + insertFromJournal(connection, rows) + mark(connection, rows);
  }

  private static int rewrite(Connection connection, List<IndexColumns> rows) throws SQLException {
    try (var statement = connection.prepareStatement(REBUILD)) {
      var unused = bind(connection, statement, 1, rows);
      return statement.executeUpdate();
    }
  }

  private int insertFromJournal(Connection connection, List<IndexColumns> rows)
      throws SQLException {
    int current = segment.getAsInt();
    try (var statement = connection.prepareStatement(REBUILD_MISSING)) {
      statement.setInt(1, current);
      statement.setInt(2, current);
      int next = bind(connection, statement, 3, rows);
      statement.setString(next, BEFORE_KEY);
      return statement.executeUpdate();
    }
  }

  private static int mark(Connection connection, List<IndexColumns> rows) throws SQLException {
    try (var statement = connection.prepareStatement(MARK)) {
      var arrays = new Columns(connection, rows);
      statement.setArray(1, arrays.texts(IndexColumns::key));
      statement.setArray(2, arrays.texts(IndexColumns::damaged));
      return statement.executeUpdate();
    }
  }

  private static List<IndexColumns> without(List<IndexColumns> rows, Set<String> keys) {
    return rows.size() == keys.size()
        ? List.of()
        : rows.stream().filter(row -> !keys.contains(row.key())).toList();
  }

  private static Set<String> update(
      Connection connection, List<IndexColumns> rows, int current, int oldest) throws SQLException {
    try (var statement = connection.prepareStatement(UPDATE)) {
      statement.setInt(1, current);
      int next = bind(connection, statement, 2, rows);
      statement.setInt(next, oldest);
      var updated = new HashSet<String>(rows.size() * 2);
      try (var keys = statement.executeQuery()) {
        while (keys.next()) {
          updated.add(keys.getString(1));
        }
      }
      return updated;
    }
  }

  private static void insertMissing(Connection connection, List<IndexColumns> rows, int current)
      throws SQLException {
    try (var statement = connection.prepareStatement(INSERT_MISSING)) {
      statement.setInt(1, current);
      var unused = bind(connection, statement, 2, rows);
      statement.executeUpdate();
    }
  }

  /// @param first where the columns come
  /// @return where they end
  private static int bind(
      Connection connection, PreparedStatement statement, int first, List<IndexColumns> rows)
      throws SQLException {
    var arrays = new Columns(connection, rows);
    int position = first;
    for (var array :
        List.of(
            arrays.texts(IndexColumns::key),
            arrays.bigints(row -> row.startedAt()),
            arrays.bigints(row -> row.updatedAt()),
            arrays.bigints(row -> boxed(row.expiresAt())),
            arrays.texts(IndexColumns::phase),
            arrays.texts(IndexColumns::method),
            arrays.texts(IndexColumns::caller),
            arrays.texts(IndexColumns::callee),
            arrays.texts(IndexColumns::trunk),
            arrays.integers(row -> boxed(row.status())),
            arrays.texts(IndexColumns::addresses),
            arrays.texts(IndexColumns::agents),
            arrays.texts(IndexColumns::searchText),
            arrays.texts(IndexColumns::callId),
            arrays.bigints(row -> row.messages()),
            arrays.byteas(row -> row.summary().toArray()),
            arrays.bigints(row -> row.writtenAt()),
            arrays.texts(IndexColumns::damaged),
            arrays.texts(IndexColumns::links))) {
      statement.setArray(position++, array);
    }
    return position;
  }

  private record Columns(Connection connection, List<IndexColumns> rows) {
    Array texts(Function<IndexColumns, String> column) throws SQLException {
      return of("text", new String[rows.size()], column);
    }

    Array bigints(Function<IndexColumns, Long> column) throws SQLException {
      return of("int8", new Long[rows.size()], column);
    }

    Array integers(Function<IndexColumns, Integer> column) throws SQLException {
      return of("int4", new Integer[rows.size()], column);
    }

    Array byteas(Function<IndexColumns, byte[]> column) throws SQLException {
      return of("bytea", new byte[rows.size()][], column);
    }

    private <T> Array of(String type, T[] values, Function<IndexColumns, T> column)
        throws SQLException {
      Arrays.setAll(values, i -> column.apply(rows.get(i)));
      return connection.createArrayOf(type, values);
    }
  }

  private static Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static Integer boxed(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }

  private static void row(BinaryCopy copy, IndexColumns columns, int segment) {
    copy.row(IndexColumns.COUNT + 1);
    copy.text(columns.key());
    copy.bigint(columns.startedAt());
    copy.bigint(columns.updatedAt());
    if (columns.expiresAt().isPresent()) {
      copy.bigint(columns.expiresAt().getAsLong());
    } else {
      copy.nothing();
    }
    copy.text(columns.phase());
    copy.text(columns.method());
    copy.text(columns.caller());
    copy.text(columns.callee());
    copy.text(columns.trunk());
    if (columns.status().isPresent()) {
      copy.integer(columns.status().getAsInt());
    } else {
      copy.nothing();
    }
    copy.text(columns.addresses());
    copy.text(columns.agents());
    copy.text(columns.searchText());
    copy.text(columns.callId());
    copy.bigint(columns.messages());
    copy.bytea(columns.summary());
    copy.bigint(columns.writtenAt());
    copy.text(columns.damaged());
    copy.text(columns.links());
    copy.integer(segment);
  }
}
