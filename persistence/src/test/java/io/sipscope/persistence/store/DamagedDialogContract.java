package io.sipscope.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import io.sipscope.persistence.Samples;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.wire.NewerVersion;
import io.sipscope.protocol.dialog.Rung;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.javadsl.Sink;
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

  /// Gives the first event of [#DAMAGED] another manifest.
  abstract void change(Config config, String manifest);

  /// Gives the first event of [#DAMAGED] other bytes, in hexadecimal.
  abstract void damage(Config config, String bytes);

  @BeforeEach
  void twoDialogs() {
    config = emptyStore();
    node = new Node(config);
    for (var key : List.of("damaged", "sound")) {
      var dialog = node.dialog(key);
      var trying = Samples.answer(key, 1, "100 Trying", Samples.SECOND / 2);
      node.observe(dialog, Samples.invite(key, 1, 0), trying);
      node.observe(dialog, Samples.answer(key, 1, "180 Ringing", Samples.SECOND));
      node.stop(dialog);
    }
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void anEventOfANewerVersionStopsItsOwnDialogUntilItCanBeRead() {
    change(config, "dialog.observed/4");
    var answer = offerToTheDamagedOne();
    theSoundOneAnswers();
    assertFalse(answer.toCompletableFuture().isDone());
    node.eventually(() -> assertEquals(1, damaged().size()));
    var said = damaged().getFirst().damaged();
    assertTrue(said.startsWith("Its event 1 was written by a newer version"), said);
    var failed = assertThrows(AssertionError.class, () -> node.history("damaged", Long.MAX_VALUE));
    assertInstanceOf(NewerVersion.class, failed.getCause().getCause());
    change(config, "dialog.observed/2");
    assertEquals(4, Node.await(offerToTheDamagedOne()).firstSeq());
    assertEquals(List.of(), damaged());
  }

  @Test
  void aDialogWithADamagedEventGoesOnFromTheOthersAndSaysSo() {
    damage(config, "0200ffffffff07");
    assertEquals(2, Node.await(offerToTheDamagedOne()).firstSeq());
    theSoundOneAnswers();
    var row = damaged().getFirst();
    assertEquals("damaged", row.key());
    assertTrue(row.damaged().startsWith("Its event 1 is damaged ("), row.damaged());
    // Fewer than the index knew of when it was sound: what comes now must be found all the same.
    assertEquals(2, row.summary().messages());
    assertEquals(200, row.summary().status().orElseThrow());
    assertEquals(row.damaged(), node.describe(node.dialog("damaged")).orElseThrow().damaged());
  }

  @Test
  void whatIsReadableOfItIsReadAndWhatIsMissingIsSaid() {
    damage(config, "0200ffffffff07");
    var said = new ArrayList<String>();
    var rungs =
        Node.await(
            node.store()
                .history()
                .messages("damaged", Long.MAX_VALUE, said::add)
                .runWith(Sink.<Rung>seq(), node.system()));
    assertEquals(1, rungs.size());
    assertEquals(1, said.size());
    node.eventually(() -> assertEquals(said, damaged().stream().map(DialogRow::damaged).toList()));
  }

  @Test
  void itIsKnownToBeDamagedOnceItIsRead() {
    damage(config, "0200ffffffff07");
    assertEquals(List.of(), damaged());
    assertEquals(1, node.describe(node.dialog("damaged")).orElseThrow().summary().messages());
    node.eventually(() -> assertEquals(1, damaged().size()));
    assertEquals(3, damaged().getFirst().summary().messages(), "as when it was sound");
  }

  private List<DialogRow> damaged() {
    return node.search(DialogQuery.where().build().onlyDamaged());
  }

  private CompletionStage<Dialog.Ack> offerToTheDamagedOne() {
    return node.offer(
        node.dialog("damaged"), Samples.answer("damaged", 1, "200 OK", 2 * Samples.SECOND));
  }

  private void theSoundOneAnswers() {
    var answered = Samples.answer("sound", 1, "200 OK", 2 * Samples.SECOND);
    assertEquals(4, node.observe(node.dialog("sound"), answered).firstSeq());
    assertEquals(4, node.history("sound", Long.MAX_VALUE).size());
  }
}
