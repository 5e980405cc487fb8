package io.sipscope.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.sipscope.persistence.Samples;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.wire.Unreadable;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DamagedDialogTest {
  private final Config config =
      TestStores.memory()
          .withValue("sipscope.dialog.restart-backoff.min", ConfigValueFactory.fromAnyRef("50ms"));
  private Node node;

  @BeforeEach
  void twoDialogs() {
    node = new Node(config);
    for (var key : List.of("damaged", "sound")) {
      var dialog = node.dialog(key);
      node.observe(dialog, Samples.invite(key, 1, 0));
      node.stop(dialog);
    }
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void anEventOfANewerVersionStopsItsOwnDialogUntilItCanBeRead() throws Exception {
    change("event_ser_manifest = 'dialog.observed/3'");
    var answer = offerToTheDamagedOne();
    theSoundOneAnswers();
    assertFalse(answer.toCompletableFuture().isDone());
    change("event_ser_manifest = 'dialog.observed/2'");
    assertEquals(2, Node.await(answer).firstSeq());
  }

  @Test
  void aDamagedEventStopsItsOwnDialogOnly() throws Exception {
    change("event_payload = x'0200ffffffff07'");
    var answer = offerToTheDamagedOne();
    theSoundOneAnswers();
    assertFalse(answer.toCompletableFuture().isDone());
    var failed = assertThrows(AssertionError.class, () -> node.history("damaged", Long.MAX_VALUE));
    assertInstanceOf(Unreadable.class, failed.getCause().getCause());
  }

  private CompletionStage<Dialog.Ack> offerToTheDamagedOne() {
    return node.offer(
        node.dialog("damaged"), Samples.answer("damaged", 1, "200 OK", Samples.SECOND));
  }

  private void theSoundOneAnswers() {
    var answered = Samples.answer("sound", 1, "200 OK", Samples.SECOND);
    assertEquals(2, node.observe(node.dialog("sound"), answered).firstSeq());
    assertEquals(2, node.history("sound", Long.MAX_VALUE).size());
  }

  private void change(String assignment) throws SQLException {
    try (var connection =
            DriverManager.getConnection(config.getString("sipscope.jdbc.url"), "sa", "");
        var statement = connection.createStatement()) {
      assertTrue(
          statement.executeUpdate(
                  "update event_journal set "
                      + assignment
                      + " where persistence_id = 'Dialog|damaged'")
              > 0);
    }
  }
}
