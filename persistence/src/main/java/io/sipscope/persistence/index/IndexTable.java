package io.sipscope.persistence.index;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/// Writes rows of the index within a transaction of its caller. One implementation a dialect.
public interface IndexTable {

  String NOTE = "update dialog_index set damaged = ? where dialog_key = ? and damaged = ''";

  /// A dialog as it was written at a time, milliseconds since the epoch.
  record Change(DialogRow row, long writtenAt) {}

  /// Writes dialogs that the index has no row of; fails when it has.
  ///
  /// @param changes one a key
  void insert(Connection connection, Collection<Change> changes) throws SQLException;

  /// Writes dialogs that the index may know. Of two rows with one key the one with more messages
  /// stays; of two with as many the later one, so that a better parser heals the index.
  /// One that says that its dialog is damaged comes from fewer than there were, and stays.
  ///
  /// @param changes one a key
  void update(Connection connection, Collection<Change> changes) throws SQLException;

  /// Writes dialogs as the journal tells them anew: those the index lacks, and those that it has
  /// otherwise, unless with more messages. Whether a dialog is damaged is written in any case. What
  /// stays as it is, is not written.
  ///
  /// @param changes one a key, in the order of the keys; `writtenAt` is that of the newest event
  /// @return how many rows were written
  int rebuild(Connection connection, Collection<Change> changes) throws SQLException;

  /// Notes that a dialog is damaged, if the index has it and does not say so yet.
  ///
  /// @param damaged one sentence
  /// @return whether that is new
  static boolean note(Connection connection, String key, String damaged) throws SQLException {
    try (var statement = connection.prepareStatement(NOTE)) {
      statement.setString(1, Searchable.printable(damaged));
      statement.setString(2, key);
      return statement.executeUpdate() > 0;
    }
  }
}
