package io.sipscope.persistence.index;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/// Writes rows of the index within a transaction of its caller. One implementation a dialect.
public interface IndexTable {

  /// A dialog as it was written at a time, milliseconds since the epoch.
  record Change(DialogRow row, long writtenAt) {}

  /// Writes dialogs that the index has no row of; fails when it has.
  ///
  /// @param changes one a key
  void insert(Connection connection, Collection<Change> changes) throws SQLException;

  /// Writes dialogs that the index may know. Of two rows with one key the one with more messages
  /// stays; of two with as many the later one, so that a better parser heals the index.
  ///
  /// @param changes one a key
  void update(Connection connection, Collection<Change> changes) throws SQLException;
}
