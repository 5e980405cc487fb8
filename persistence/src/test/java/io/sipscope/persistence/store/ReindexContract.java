package io.sipscope.persistence.store;

import static io.sipscope.persistence.Samples.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import io.sipscope.persistence.Queries;
import io.sipscope.persistence.Samples;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.reindex.Progress;
import io.sipscope.persistence.reindex.Rebuild;
import io.sipscope.protocol.capture.Capture;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How the index is built anew from the journal, whatever the store.
abstract class ReindexContract {
  private Config config;
  private Node node;

  /// The configuration of a new and empty store.
  abstract Config emptyStore();

  @BeforeEach
  void start() {
    config = emptyStore();
    node = new Node(config);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void anEmptyIndexIsFilledAsItWas() throws Exception {
    var written = dialogs(50);
    sql("delete from dialog_index");
    assertEquals(List.of(), all());
    var progress = reindexed();
    assertEquals(written, all());
    assertEquals(50, progress.dialogs());
    assertEquals(50, progress.rewritten());
    assertEquals(0, progress.damaged());
    assertEquals(50, progress.of().orElseThrow());
  }

  @Test
  void aSoundIndexStaysAsItIs() throws Exception {
    var written = dialogs(3);
    assertEquals(0, reindexed().rewritten());
    assertEquals(written, all());
  }

  @Test
  void whatTheIndexSaysOtherwiseIsMended() throws Exception {
    var written = dialogs(3);
    sql("update dialog_index set caller = '', search_text = '', trunk = 'x', damaged = 'y'");
    assertEquals(3, reindexed().rewritten());
    assertEquals(written, all());
    assertEquals(3, node.search(Queries.query().text("alice").build()).size());
  }

  @Test
  void aRowWithMoreMessagesThanTheJournalStays() throws Exception {
    dialogs(1);
    sql("update dialog_index set messages = 7, trunk = 'newer'");
    assertEquals(0, reindexed().rewritten());
    assertEquals("newer", all().getFirst().trunk());
  }

  @Test
  void rowsWithoutAnEventAreRemoved() throws Exception {
    var written = dialogs(3);
    Node.await(node.write(List.of(Samples.row("gone-1", 0), Samples.row("zzz", SECOND))));
    assertEquals(5, all().size());
    assertEquals(2, reindexed().removed());
    assertEquals(written, all());
  }

  @Test
  void aLongDialogAndShortOnesAroundItAreEachToldOnce() throws Exception {
    var before = node.dialog("a");
    node.observe(before, Samples.invite("a", 1, 0));
    var dialog = node.dialog("b");
    for (int i = 0; i < 450; i++) {
      node.observe(dialog, Samples.invite("b", i + 1, i * SECOND));
    }
    node.observe(node.dialog("c"), Samples.invite("c", 1, 0));
    var written = all();
    sql("delete from dialog_index");
    assertEquals(3, reindexed().dialogs());
    assertEquals(written, all());
  }

  @Test
  void dialogsThatGoOnMeanwhileKeepTheirLastMessage() throws Exception {
    dialogs(30);
    sql("delete from dialog_index");
    var dialogs = new ArrayList<org.apache.pekko.actor.typed.ActorRef<Dialog.Command>>();
    for (int i = 0; i < 30; i++) {
      dialogs.add(node.dialog(key(i)));
    }
    Node.await(node.store().reindex().start());
    int rounds = 0;
    var acks = new ArrayList<CompletionStage<Dialog.Ack>>();
    do {
      for (int i = 0; i < 30; i++) {
        acks.add(
            node.offer(dialogs.get(i), Samples.invite(key(i), 2 + rounds, (2 + rounds) * SECOND)));
      }
      acks.forEach(Node::await);
      rounds++;
    } while (node.store().reindex().progress().state() == Progress.State.RUNNING || rounds < 3);
    assertEquals(Progress.State.DONE, node.store().reindex().progress().state());
    long each = 2L + rounds;
    assertEquals(30, all().size());
    for (var row : all()) {
      assertEquals(each, row.summary().messages(), row.key());
    }
  }

  @Test
  void damagedDialogsAreMarkedAndNoOther() throws Exception {
    dialogs(40);
    sql("update event_journal set event_payload = " + hex("0200ffffffff07") + of(3, 1));
    sql("update event_journal set event_payload = " + hex("0200ffffffff07") + of(4, 2));
    sql("update event_journal set event_ser_manifest = 'dialog.observed/9'" + of(5, 2));
    sql("update event_journal set event_payload = " + hex("00") + of(6, 0));
    assertEquals(4, reindexed().damaged());
    assertEquals(List.of(key(6), key(5), key(4), key(3)), keys(damaged()));
    // What the index knew of them from when they were sound stays.
    assertEquals(List.of(2L, 2L, 2L, 2L), messages(damaged()));
    assertEquals(40, all().size());
    assertEquals(0, reindexed().rewritten());
  }

  @Test
  void damagedDialogsAreListedByAnIndexThatWasEmpty() throws Exception {
    dialogs(8);
    sql("update event_journal set event_payload = " + hex("00") + of(3, 1));
    sql("update event_journal set event_payload = " + hex("00") + of(6, 0));
    sql("delete from dialog_index");
    assertEquals(2, reindexed().damaged());
    assertEquals(8, all().size());
    assertEquals(2, damaged().size());
    assertEquals(List.of(1L), messages(node.search(Queries.query().callId(key(3)).build())));
    assertEquals(List.of(0L), messages(node.search(Queries.query().callId(key(6)).build())));
  }

  @Test
  void whatWasDamagedAndIsMendedIsNotMarkedAnyMore() throws Exception {
    var written = dialogs(2);
    sql("update event_journal set event_ser_manifest = 'dialog.observed/9'" + of(1, 1));
    reindexed();
    assertEquals(1, damaged().size());
    sql("update event_journal set event_ser_manifest = 'dialog.observed/2'" + of(1, 1));
    reindexed();
    assertEquals(List.of(), damaged());
    assertEquals(written, all());
  }

  @Test
  void itIsBuiltOnceAtATimeAndThenAgain() {
    dialogs(3);
    var first = node.store().reindex().start();
    var second = node.store().reindex().start();
    var refused = assertThrows(AssertionError.class, () -> Node.await(second));
    assertInstanceOf(Rebuild.Underway.class, refused.getCause().getCause());
    assertEquals(Progress.State.RUNNING, Node.await(first).state());
    node.eventually(
        () -> assertEquals(Progress.State.DONE, node.store().reindex().progress().state()));
    assertEquals(Progress.State.DONE, reindexed().state());
  }

  /// As many calls with two events of one message each, newest first.
  private List<DialogRow> dialogs(int count) {
    var acks = new ArrayList<CompletionStage<Dialog.Ack>>();
    var dialogs = new ArrayList<org.apache.pekko.actor.typed.ActorRef<Dialog.Command>>();
    for (int i = 0; i < count; i++) {
      dialogs.add(node.dialog(key(i)));
      acks.add(node.offer(dialogs.get(i), first(i)));
    }
    acks.forEach(Node::await);
    for (int i = 0; i < count; i++) {
      var ringing = Samples.answer(key(i), 1, "180 Ringing", (i + 1) * SECOND);
      acks.add(node.offer(dialogs.get(i), ringing));
    }
    acks.forEach(Node::await);
    dialogs.forEach(node::stop);
    return all();
  }

  private static Capture first(int i) {
    return Samples.invite(key(i), 1, i * SECOND);
  }

  private static String key(int i) {
    return "call|" + (i % 7) + "-" + i + "@example.com";
  }

  /// @param sequence 0 = all of the dialog
  private static String of(int i, int sequence) {
    return " where persistence_id = 'Dialog|"
        + key(i)
        + "' and ("
        + sequence
        + " = 0 or sequence_number = "
        + sequence
        + ")";
  }

  private String hex(String bytes) {
    return config.getString("sipscope.store").equals("postgres")
        ? "'\\x" + bytes + "'"
        : "x'" + bytes + "'";
  }

  private Progress reindexed() {
    Node.await(node.store().reindex().start());
    node.eventually(
        () ->
            assertTrue(
                node.store().reindex().progress().endedAt().isPresent(),
                () -> node.store().reindex().progress().toString()));
    var progress = node.store().reindex().progress();
    assertEquals(Progress.State.DONE, progress.state(), progress.reason());
    return progress;
  }

  private List<DialogRow> all() {
    return node.search(Queries.query().build());
  }

  private List<DialogRow> damaged() {
    return node.search(Queries.query().build().onlyDamaged());
  }

  private static List<String> keys(List<DialogRow> rows) {
    return rows.stream().map(DialogRow::key).toList();
  }

  private static List<Long> messages(List<DialogRow> rows) {
    return rows.stream().map(row -> row.summary().messages()).toList();
  }

  private void sql(String statement) throws SQLException {
    try (var connection =
            DriverManager.getConnection(
                config.getString("sipscope.jdbc.url"),
                config.getString("sipscope.jdbc.user"),
                config.getString("sipscope.jdbc.password"));
        var sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
