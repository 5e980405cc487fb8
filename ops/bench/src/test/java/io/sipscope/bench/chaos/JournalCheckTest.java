package io.sipscope.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalCheckTest {
  private static final String TABLE =
      "create table event_journal (persistence_id varchar, sequence_number bigint)";

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # events,          dialogs, events, gaps, duplicates
          '',                      0,      0,    0,          0
          a1 a2 a3 b1,             2,      4,    0,          0
          a1 a3 b1,                2,      3,    1,          0
          a3,                      1,      1,    2,          0
          a1 a2 a2 b1,             2,      4,    0,          1
          a1 a3 b1 b1 b1,          2,      5,    1,          2
          """)
  void countsWhatIsMissingAndWhatIsThereTwice(
      String events, long dialogs, long count, long gaps, long duplicates) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:h2:mem:")) {
      journal(connection, events);
      assertEquals(new JournalCheck(dialogs, count, gaps, duplicates), JournalCheck.of(connection));
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 0, 0, 0", "2, 1, 0, 1", "2, 0, 1, 1", "3, 0, 0, 1"})
  void complainsOfGapsAndDuplicatesAndOfDialogsThatASearchDoesNotFind(
      long dialogs, long gaps, long duplicates, int complaints) {
    assertEquals(complaints, new JournalCheck(dialogs, 9, gaps, duplicates).complaints(2).size());
  }

  private static void journal(Connection connection, String events) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
    try (var insert = connection.prepareStatement("insert into event_journal values (?, ?)")) {
      for (var event : events.isEmpty() ? List.<String>of() : List.of(events.split(" "))) {
        insert.setString(1, event.substring(0, 1));
        insert.setLong(2, Long.parseLong(event.substring(1)));
        insert.execute();
      }
    }
  }
}
