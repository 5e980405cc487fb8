package io.sipscope.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.persistence.Samples;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class OldEventsTest {

  @Test
  void aDialogThatAnOlderNodeBeganGoesOn() throws Exception {
    var config = TestStores.memory();
    try (var node = new Node(config)) {
      var dialog = node.dialog("old");
      node.observe(dialog, Samples.invite("old", 1, 0));
      node.stop(dialog);
      try (var connection =
              DriverManager.getConnection(config.getString("sipscope.jdbc.url"), "sa", "");
          var statement = connection.createStatement()) {
        assertEquals(
            1,
            statement.executeUpdate(
                "update event_journal set event_ser_manifest = 'dialog.observed/1',"
                    + " event_payload = x'"
                    + twoMessagesOfVersionOne()
                    + "'"));
      }
      var answer = Samples.answer("old", 1, "200 OK", Samples.SECOND);
      assertEquals(3, node.observe(node.dialog("old"), answer).firstSeq());
      assertEquals(3, node.history("old", Long.MAX_VALUE).size());
    }
  }

  private static String twoMessagesOfVersionOne() throws Exception {
    try (var in = OldEventsTest.class.getResourceAsStream("/dialog/observed-1.hex")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
    }
  }
}
