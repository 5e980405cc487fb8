package io.sipscope.persistence.index;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Which parts a search reads one by one. One implementation a dialect.
public sealed interface IndexParts permits IndexParts.Undivided, PostgresIndexParts {
  /// The index is read as a whole.
  IndexParts UNDIVIDED = new Undivided();

  /// @see #UNDIVIDED
  record Undivided() implements IndexParts {
    @Override
    public List<IndexPart> of(Connection connection) {
      return List.of();
    }
  }

  /// Parts that together have every row the connection's transaction sees, each row once; none
  /// when the index is read as a whole.
  List<IndexPart> of(Connection connection) throws SQLException;
}
