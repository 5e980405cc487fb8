package io.sipscope.persistence.store;

import static io.sipscope.persistence.Samples.SECOND;
import static io.sipscope.persistence.Samples.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import io.sipscope.persistence.Rows;
import io.sipscope.persistence.Samples;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.reindex.Progress;
import io.sipscope.persistence.reindex.Rebuild;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.link.LinkRules;
import io.sipscope.protocol.link.LinkTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How the index is built anew from the journal, whatever the store.
abstract class ReindexContract {
  private Config config;
  private Node node;

  /// The configuration of a new and empty store.
  abstract Config emptyStore();

  /// Takes from the index all it has, which is dialogs of these keys.
  abstract void empty(Config config, List<String> keys);

  /// Gives one event of an entity another manifest.
  abstract void change(Config config, String id, int sequence, String manifest);

  /// Gives one event of an entity other bytes, in hexadecimal.
  abstract void damage(Config config, String id, int sequence, String bytes);

  Node node() {
    return node;
  }

  Config config() {
    return config;
  }

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
  void anEmptyIndexIsFilledAsItWas() {
    var written = dialogs(50);
    empty(config, keys(all()));
    assertEquals(List.of(), all());
    var progress = reindexed();
    assertEquals(written, all());
    assertEquals(50, progress.dialogs());
    assertEquals(50, progress.rewritten());
    assertEquals(0, progress.damaged());
    assertEquals(50, progress.of().orElseThrow());
  }

  @Test
  void aSoundIndexStaysAsItIs() {
    var written = dialogs(3);
    assertEquals(0, reindexed().rewritten());
    assertEquals(written, all());
  }

  @Test
  void whatTheIndexSaysOtherwiseIsMended() {
    var written = dialogs(3);
    var otherwise = new ArrayList<DialogRow>();
    for (var row : written) {
      otherwise.add(new DialogRow(row.key(), row.summary(), "carrier", "It seemed so."));
    }
    Node.await(node.write(otherwise));
    assertEquals(otherwise, damaged());
    assertEquals(3, reindexed().rewritten());
    assertEquals(written, all());
  }

  @Test
  void whatOtherLegsAreFoundByIsMended() {
    var rules = LinkRules.DEFAULT;
    var invite = Samples.invite("leg", 1, 0);
    var naming = invite.sip().utf8().replace("Call-ID:", "X-Call-ID: other\nCall-ID:");
    node.observe(
        node.dialog("leg"), Samples.capture(naming, invite.source(), invite.destination(), 0));
    var links = LinkTokens.naming("other", rules);
    assertEquals(List.of("leg"), keys(linked(links)));
    var row = all().getFirst();
    Node.await(node.write(List.of(new DialogRow(row.key(), row.summary(), row.trunk()))));
    assertEquals(List.of(), linked(links));
    assertEquals(1, reindexed().rewritten());
    assertEquals(List.of("leg"), keys(linked(links)));
  }

  private List<DialogRow> linked(Set<String> links) {
    return Node.await(node.index().linked(links, T0, T0 + SECOND, 9)).rows();
  }

  @Test
  void aRowWithMoreMessagesThanTheJournalStays() {
    dialogs(1);
    Node.await(node.write(List.of(Rows.call(key(0), 0).messages(7).trunk("newer").row())));
    assertEquals(0, reindexed().rewritten());
    assertEquals("newer", all().getFirst().trunk());
  }

  @Test
  void rowsWithoutAnEventAreRemoved() {
    var written = dialogs(3);
    Node.await(node.write(List.of(Samples.row("gone-1", 0), Samples.row("zzz", SECOND))));
    assertEquals(5, all().size());
    assertEquals(2, reindexed().removed());
    assertEquals(written, all());
  }

  @Test
  void aLongDialogAndShortOnesAroundItAreEachToldOnce() {
    var before = node.dialog("a");
    node.observe(before, Samples.invite("a", 1, 0));
    var dialog = node.dialog("b");
    for (int i = 0; i < 450; i++) {
      node.observe(dialog, Samples.invite("b", i + 1, i * SECOND));
    }
    node.observe(node.dialog("c"), Samples.invite("c", 1, 0));
    var written = all();
    empty(config, keys(all()));
    assertEquals(3, reindexed().dialogs());
    assertEquals(written, all());
  }

  @Test
  void dialogsThatGoOnMeanwhileKeepTheirLastMessage() {
    dialogs(30);
    empty(config, keys(all()));
    var dialogs = new ArrayList<ActorRef<Dialog.Command>>();
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
  void damagedDialogsAreMarkedAndNoOther() {
    dialogs(40);
    damage(config, id(3), 1, "0200ffffffff07");
    damage(config, id(4), 2, "0200ffffffff07");
    change(config, id(5), 2, "dialog.observed/9");
    damage(config, id(6), 1, "00");
    damage(config, id(6), 2, "00");
    assertEquals(4, reindexed().damaged());
    assertEquals(List.of(key(6), key(5), key(4), key(3)), keys(damaged()));
    // What the index knew of them from when they were sound stays.
    assertEquals(List.of(2L, 2L, 2L, 2L), messages(damaged()));
    assertEquals(40, all().size());
    assertEquals(0, reindexed().rewritten());
  }

  @Test
  void damagedDialogsAreListedByAnIndexThatWasEmpty() {
    dialogs(8);
    damage(config, id(3), 1, "00");
    damage(config, id(6), 1, "00");
    damage(config, id(6), 2, "00");
    empty(config, keys(all()));
    assertEquals(2, reindexed().damaged());
    assertEquals(8, all().size());
    assertEquals(2, damaged().size());
    assertEquals(List.of(1L), messages(node.search(DialogQuery.where().callId(key(3)).build())));
    assertEquals(List.of(0L), messages(node.search(DialogQuery.where().callId(key(6)).build())));
  }

  @Test
  void whatWasDamagedAndIsMendedIsNotMarkedAnyMore() {
    var written = dialogs(2);
    change(config, id(1), 1, "dialog.observed/9");
    reindexed();
    assertEquals(1, damaged().size());
    change(config, id(1), 1, "dialog.observed/2");
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
  final List<DialogRow> dialogs(int count) {
    var acks = new ArrayList<CompletionStage<Dialog.Ack>>();
    var dialogs = new ArrayList<ActorRef<Dialog.Command>>();
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

  static String id(int i) {
    return Dialog.persistenceId(key(i)).id();
  }

  final Progress reindexed() {
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

  final List<DialogRow> all() {
    return node.search(DialogQuery.where().build());
  }

  final List<DialogRow> damaged() {
    return node.search(DialogQuery.where().build().onlyDamaged());
  }

  static List<String> keys(List<DialogRow> rows) {
    return rows.stream().map(DialogRow::key).toList();
  }

  private static List<Long> messages(List<DialogRow> rows) {
    return rows.stream().map(row -> row.summary().messages()).toList();
  }
}
