package io.sipscope.persistence.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.stream.IntStream;

/// The index in H2.
public final class H2IndexTable implements IndexTable {
  private static final String INSERT =
      "insert into dialog_index ("
          + IndexColumns.NAMES
          + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String MERGE =
      """
      merge into dialog_index known
      using (values (cast(? as varchar), cast(? as bigint), cast(? as bigint), cast(? as bigint),
        cast(? as varchar), cast(? as varchar), cast(? as varchar), cast(? as varchar),
        cast(? as varchar), cast(? as integer), cast(? as varchar), cast(? as varchar),
        cast(? as varchar), cast(? as varchar), cast(? as bigint), cast(? as varbinary),
        cast(? as bigint), cast(? as varchar), cast(? as varchar)))
        as next (dialog_key, started_at, updated_at, expires_at, phase, method, caller, callee,
        trunk, status, addresses, agents, search_text, call_id, messages, summary, write_timestamp,
        damaged, links)
      on known.dialog_key = next.dialog_key
      when matched and ({condition}) then update set
        started_at = next.started_at, updated_at = next.updated_at, expires_at = next.expires_at,
        phase = next.phase, method = next.method, caller = next.caller, callee = next.callee,
        trunk = next.trunk, status = next.status, addresses = next.addresses,
        agents = next.agents, search_text = next.search_text, call_id = next.call_id,
        messages = next.messages, summary = next.summary, write_timestamp = next.write_timestamp,
        damaged = next.damaged, links = next.links
      when not matched then insert (dialog_key, started_at, updated_at, expires_at, phase, method,
        caller, callee, trunk, status, addresses, agents, search_text, call_id, messages, summary,
        write_timestamp, damaged, links) values (next.dialog_key, next.started_at, next.updated_at,
        next.expires_at, next.phase, next.method, next.caller, next.callee, next.trunk,
        next.status, next.addresses, next.agents, next.search_text, next.call_id, next.messages,
        next.summary, next.write_timestamp, next.damaged, next.links)
      """;

  private static final String UPDATE =
      merge("known.messages <= next.messages or next.damaged <> ''");

  private static final String REBUILD =
      merge(
          """
          known.messages <= next.messages and (known.summary <> next.summary
            or known.trunk <> next.trunk or known.damaged <> next.damaged
            or known.addresses <> next.addresses or known.agents <> next.agents
            or known.search_text <> next.search_text or known.links <> next.links)
          """);

  private static final String MARK =
      "update dialog_index set damaged = ? where dialog_key = ? and damaged <> ?";

  @Override
  public void insert(Connection connection, Collection<Change> changes) throws SQLException {
    var unused = execute(connection, INSERT, changes);
  }

  @Override
  public void update(Connection connection, Collection<Change> changes) throws SQLException {
    var unused = execute(connection, UPDATE, changes);
  }

  @Override
  public int rebuild(Connection connection, Collection<Change> changes) throws SQLException {
    return execute(connection, REBUILD, changes) + mark(connection, changes);
  }

  private static int mark(Connection connection, Collection<Change> changes) throws SQLException {
    try (var statement = connection.prepareStatement(MARK)) {
      for (var change : changes) {
        var damaged = Searchable.printable(change.row().damaged());
        statement.setString(1, damaged);
        statement.setString(2, change.row().key());
        statement.setString(3, damaged);
        statement.addBatch();
      }
      return IntStream.of(statement.executeBatch()).sum();
    }
  }

  private static int execute(Connection connection, String sql, Collection<Change> changes)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (var change : changes) {
        bind(statement, IndexColumns.of(change.row(), change.writtenAt()));
        statement.addBatch();
      }
      return IntStream.of(statement.executeBatch()).sum();
    }
  }

  private static String merge(String unlessKnownBetter) {
    return MERGE.replace("{condition}", unlessKnownBetter);
  }

  private static void bind(PreparedStatement statement, IndexColumns columns) throws SQLException {
    statement.setString(1, columns.key());
    statement.setLong(2, columns.startedAt());
    statement.setLong(3, columns.updatedAt());
    if (columns.expiresAt().isPresent()) {
      statement.setLong(4, columns.expiresAt().getAsLong());
    } else {
      statement.setNull(4, Types.BIGINT);
    }
    statement.setString(5, columns.phase());
    statement.setString(6, columns.method());
    statement.setString(7, columns.caller());
    statement.setString(8, columns.callee());
    statement.setString(9, columns.trunk());
    if (columns.status().isPresent()) {
      statement.setInt(10, columns.status().getAsInt());
    } else {
      statement.setNull(10, Types.INTEGER);
    }
    statement.setString(11, columns.addresses());
    statement.setString(12, columns.agents());
    statement.setString(13, columns.searchText());
    statement.setString(14, columns.callId());
    statement.setLong(15, columns.messages());
    statement.setBytes(16, columns.summary().toArray());
    statement.setLong(17, columns.writtenAt());
    statement.setString(18, columns.damaged());
    statement.setString(19, columns.links());
  }
}
