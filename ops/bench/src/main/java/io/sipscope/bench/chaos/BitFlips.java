package io.sipscope.bench.chaos;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Bits that were flipped in rows of the journal, one a row.
///
/// @param callIds the dialogs that the rows belong to
record BitFlips(Set<String> callIds) {
  private static final String PREFIX = "Dialog|";
  private static final String ROWS =
      """
      select persistence_id, sequence_number, length(event_payload) from event_journal
      order by persistence_id, sequence_number
      """;

  private static final String FLIP =
      """
      update event_journal set event_payload =
        set_byte(event_payload, ?, get_byte(event_payload, ?) # ?)
      where persistence_id = ? and sequence_number = ?
      """;

  private record Row(String id, long sequence, int bytes) {}

  /// @param rows how many, in any row and at any bit
  static BitFlips in(PostgresServer postgres, int rows, Random random) throws SQLException {
    var callIds = new HashSet<String>();
    try (var connection = postgres.connect()) {
      var all = new ArrayList<Row>();
      try (var statement = connection.createStatement();
          var found = statement.executeQuery(ROWS)) {
        while (found.next()) {
          all.add(new Row(found.getString(1), found.getLong(2), found.getInt(3)));
        }
      }
      Collections.shuffle(all, random);
      connection.setAutoCommit(false);
      try (var statement = connection.prepareStatement(FLIP)) {
        for (var row : List.copyOf(all.subList(0, rows))) {
          int at = random.nextInt(row.bytes());
          statement.setInt(1, at);
          statement.setInt(2, at);
          statement.setInt(3, 1 << random.nextInt(Byte.SIZE));
          statement.setString(4, row.id());
          statement.setLong(5, row.sequence());
          statement.addBatch();
          callIds.add(row.id().substring(PREFIX.length()));
        }
        var _ = statement.executeBatch();
      }
      connection.commit();
    }
    return new BitFlips(Set.copyOf(callIds));
  }
}
