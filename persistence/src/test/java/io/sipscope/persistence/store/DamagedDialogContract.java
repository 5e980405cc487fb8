package io.sipscope.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import io.sipscope.persistence.Samples;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.wire.Unreadable;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a damaged dialog does to the others, whatever the store: nothing.
abstract class DamagedDialogContract {
  static final String DAMAGED = Dialog.persistenceId("damaged").id();

  private Config config;
  private Node node;

  /// The configuration of a new and empty store.
  abstract Config emptyStore();

  /// Gives the one event of [#DAMAGED] another manifest.
  abstract void change(Config config, String manifest);

  /// Gives the one event of [#DAMAGED] other bytes, in hexadecimal.
  abstract void damage(Config config, String bytes);

  @BeforeEach
  void twoDialogs() {
    config = emptyStore();
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
  void anEventOfANewerVersionStopsItsOwnDialogUntilItCanBeRead() {
    change(config, "dialog.observed/3");
    var answer = offerToTheDamagedOne();
    theSoundOneAnswers();
    assertFalse(answer.toCompletableFuture().isDone());
    change(config, "dialog.observed/2");
    assertEquals(2, Node.await(offerToTheDamagedOne()).firstSeq());
  }

  @Test
  void aDamagedEventStopsItsOwnDialogOnly() {
    damage(config, "0200ffffffff07");
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
}
