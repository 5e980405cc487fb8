package io.sipscope.persistence.index;

import static io.sipscope.persistence.Samples.ALICE;
import static io.sipscope.persistence.Samples.BOB;
import static io.sipscope.persistence.Samples.CAROL_V6;
import static io.sipscope.persistence.Samples.SECOND;
import static io.sipscope.persistence.Samples.T0;
import static io.sipscope.persistence.index.DialogQuery.where;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.Rows;
import io.sipscope.persistence.Samples;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.sip.CallId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every store's index does.
public abstract class DialogIndexContract {
  private static final long NOW = T0 + 3600 * SECOND;

  private DialogIndex index;

  /// The store's index, without a row.
  protected abstract DialogIndex emptyIndex() throws Exception;

  /// Writes rows into it, as the journal does; completes when they are durable.
  protected abstract CompletionStage<Void> write(List<DialogRow> rows);

  @BeforeEach
  void start() throws Exception {
    index = emptyIndex();
  }

  @Test
  void aWrittenRowIsFoundAsItWas() {
    var row = Rows.call("a@example.com", 0).trunk("carrier").row();
    write(row);
    assertEquals(List.of(row), find(where()));
  }

  @Test
  void aDialogIsFoundByAnyOfItsLinks() {
    write(
        Rows.call("a", 0).links("one", "two").row(),
        Rows.call("b", 1).links("two").row(),
        Rows.call("c", 2).links("three").row(),
        Rows.call("d", 3).row());
    assertEquals(Set.of("a", "b"), linked(Set.of("two", "four"), T0, T0 + SECOND, 9));
    assertEquals(Set.of("c"), linked(Set.of("three"), T0, T0 + SECOND, 9));
    assertEquals(Set.of(), linked(Set.of(), T0, T0 + SECOND, 9));
  }

  @Test
  void linksAreComparedAsAWholeAndByCase() {
    write(Rows.call("a", 0).links("Ab_d-.%x").row(), Rows.call("b", 1).links("Ab_d-.%xyz").row());
    assertEquals(Set.of("a"), linked(Set.of("Ab_d-.%x"), T0, T0 + SECOND, 9));
    assertEquals(Set.of(), linked(Set.of("ab_d-.%x"), T0, T0 + SECOND, 9));
  }

  @Test
  void onlyLinkedDialogsThatWereGoingOnThenAreFound() {
    write(
        Rows.call("before", 0).updatedAt(T0 + SECOND).links("x").row(),
        Rows.call("through", SECOND).updatedAt(T0 + 9000 * SECOND).links("x").row(),
        Rows.call("in", 20 * SECOND).updatedAt(T0 + 21 * SECOND).links("x").row(),
        Rows.call("after", 60 * SECOND).updatedAt(T0 + 61 * SECOND).links("x").row());
    assertEquals(
        Set.of("through", "in"), linked(Set.of("x"), T0 + 10 * SECOND, T0 + 30 * SECOND, 9));
    assertEquals(Set.of("before", "through"), linked(Set.of("x"), T0 + SECOND, T0 + SECOND, 9));
  }

  @Test
  void aDialogIsFoundByTheLinksItHasNow() {
    write(Rows.call("a", 0).messages(1).links("old").row());
    write(Rows.call("a", 0).messages(2).links("old", "new").row());
    assertEquals(Set.of("a"), linked(Set.of("new"), T0, T0 + SECOND, 9));
  }

  @Test
  void moreLinkedDialogsThanWantedAreNotAll() {
    write(
        Rows.call("a", 0).links("x").row(),
        Rows.call("b", 1).links("x").row(),
        Rows.call("c", 2).links("x").row());
    assertFalse(await(index.linked(Set.of("x"), T0, T0 + SECOND, 2)).complete());
    assertEquals(2, linked(Set.of("x"), T0, T0 + SECOND, 2).size());
    assertTrue(await(index.linked(Set.of("x"), T0, T0 + SECOND, 3)).complete());
  }

  @Test
  void dialogsAreFoundByWhenTheyBegan() {
    write(
        Rows.call("long", 0).updatedAt(T0 + 9000 * SECOND).row(),
        Rows.call("first", 10 * SECOND).updatedAt(T0 + 9000 * SECOND).row(),
        Rows.call("other", 11 * SECOND).method("OPTIONS").row(),
        Rows.call("last", 12 * SECOND).row(),
        Rows.call("late", 13 * SECOND).row());
    var found =
        await(
            index.begun(
                where().method("INVITE").build(), T0 + 10 * SECOND, T0 + 12 * SECOND, 9, NOW));
    assertEquals(Set.of("first", "last"), keySet(found));
    assertTrue(found.complete());
    assertFalse(
        await(index.begun(where().build(), T0 + 10 * SECOND, T0 + 12 * SECOND, 2, NOW)).complete());
  }

  private Set<String> linked(Set<String> links, long from, long to, int limit) {
    return keySet(await(index.linked(links, from, to, limit)));
  }

  private static Set<String> keySet(Related related) {
    return new HashSet<>(related.rows().stream().map(DialogRow::key).toList());
  }

  @Test
  void theNewestComesFirst() {
    write(Samples.row("b", SECOND), Samples.row("c", 2 * SECOND), Samples.row("a", 0));
    assertEquals(List.of("c", "b", "a"), keys(find(where())));
  }

  @Test
  void theRowWithMoreMessagesWins() {
    write(Rows.call("a", 0).messages(5).status(200).row());
    write(Rows.call("a", 0).messages(4).status(486).row());
    assertEquals(200, find(where()).getFirst().summary().status().orElseThrow());
    write(Rows.call("a", 0).messages(6).status(603).row());
    assertEquals(603, find(where()).getFirst().summary().status().orElseThrow());
  }

  @Test
  void ofTwoWritersOfOneRowTheOneWithMoreMessagesWins() {
    var writes = new ArrayList<CompletionStage<Void>>();
    for (int messages = 1; messages <= 40; messages++) {
      writes.add(write(List.of(Rows.call("a", 0).messages(messages).row())));
    }
    writes.forEach(DialogIndexContract::await);
    assertEquals(40, find(where()).getFirst().summary().messages());
  }

  @Test
  void filtersByCallId() {
    write(Samples.row("a%b_c", 0), Samples.row("axbxc", SECOND));
    assertEquals(List.of("a%b_c"), keys(find(where().callId("a%b_c"))));
    assertEquals(List.of(), keys(find(where().callId("a%"))));
  }

  @Test
  void findsACallIdThatIsNotItsKey() {
    var longId = "x".repeat(201);
    var odd = "caf\u00e9@example";
    write(
        Rows.keyed(CallId.of(longId).key(), longId, 0).row(),
        Rows.keyed(CallId.of(odd).key(), odd, 1).row(),
        Rows.keyed("sha256:unlike", "bad\ufffdbytes", 2).row());
    assertEquals(List.of(CallId.of(longId).key()), keys(find(where().callId(longId))));
    assertEquals(List.of(CallId.of(odd).key()), keys(find(where().callId(odd))));
    assertEquals(List.of(CallId.of(odd).key()), keys(find(where().callId(CallId.of(odd).key()))));
    assertEquals(List.of("sha256:unlike"), keys(find(where().callId("bad\ufffdbytes"))));
  }

  @Test
  void findsADialogWithoutCallIdByItsKey() {
    write(Rows.keyed("no-call-id:2026-01-01:192.0.2.10:5060-198.51.100.20:5080", "", 0).row());
    assertEquals(
        1, find(where().callId("no-call-id:2026-01-01:192.0.2.10:5060-198.51.100.20:5080")).size());
  }

  @Test
  void filtersByMethodWhateverItsCase() {
    write(Rows.call("a", 0).method("REGISTER").row(), Rows.call("b", 1).method("iNVITE").row());
    assertEquals(List.of("a"), keys(find(where().method("register"))));
    assertEquals(List.of("b"), keys(find(where().method("INVITE"))));
    assertEquals(List.of(), keys(find(where().method("INV"))));
  }

  @Test
  void filtersByPartiesWhateverTheirCase() {
    write(
        Rows.call("a", 0).parties("Alice@Example.com", "bob@example.net").row(),
        Rows.call("b", 1).parties("bob@example.net", "J\u00c4GER@example.com").row());
    assertEquals(List.of("a"), keys(find(where().from("aLICE"))));
    assertEquals(List.of("b"), keys(find(where().to("j\u00e4ger"))));
    assertEquals(List.of("b", "a"), keys(find(where().user("BOB@"))));
    assertEquals(List.of(), keys(find(where().from("jager"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"50%", "_", "!", "a!b", "'", "\\", "'; drop table dialog_index; --"})
  void aWildcardStandsForItself(String text) {
    write(
        Rows.call("odd", 0).parties("x" + text + "y", "bob").row(),
        Rows.call("plain", 1).parties("xy50ab", "bob").row());
    assertEquals(List.of("odd"), keys(find(where().from(text))));
    assertEquals(List.of("odd"), keys(find(where().text(text))));
    assertEquals(2, find(where()).size());
  }

  @Test
  void filtersByAddress() {
    write(
        Rows.call("v4", 0).addresses(ALICE, BOB).row(),
        Rows.call("v6", 1).addresses(CAROL_V6, BOB).row(),
        Rows.call("near", 2).addresses(Endpoint.parse("192.0.2.1:5060").orElseThrow()).row());
    assertEquals(List.of("v4"), keys(find(where().address("192.0.2.10"))));
    assertEquals(List.of("v4"), keys(find(where().address("192.0.2.10:5060"))));
    assertEquals(List.of(), keys(find(where().address("192.0.2.10:506"))));
    assertEquals(List.of("near"), keys(find(where().address("192.0.2.1"))));
    assertEquals(List.of("v6", "v4"), keys(find(where().address("198.51.100.20"))));
    assertEquals(List.of("v6"), keys(find(where().address("2001:DB8:0::30"))));
    assertEquals(List.of("v6"), keys(find(where().address("[2001:db8::30]:5061"))));
    assertEquals(List.of(), keys(find(where().address("not an address"))));
  }

  @Test
  void filtersByTrunk() {
    write(Rows.call("a", 0).trunk("carrier").row(), Rows.call("b", 1).row());
    assertEquals(List.of("a"), keys(find(where().trunk("carrier"))));
    assertEquals(List.of(), keys(find(where().trunk("Carrier"))));
  }

  @Test
  void filtersByStatusAndItsClass() {
    write(
        Rows.call("busy", 0).status(486).row(),
        Rows.call("gone", 1).status(410).row(),
        Rows.call("ok", 2).status(200).row(),
        Rows.call("none", 3).noStatus().row());
    assertEquals(List.of("busy"), keys(find(where().status("486"))));
    assertEquals(List.of("gone", "busy"), keys(find(where().status("4xx"))));
    assertEquals(List.of("ok"), keys(find(where().status("2XX"))));
    assertEquals(List.of(), keys(find(where().status("4"))));
    assertEquals(List.of(), keys(find(where().status("busy"))));
  }

  @Test
  void whatOutlivedItsTimeIsExpired() {
    write(
        Rows.call("ringing", 0).phase(Phase.EARLY).expiresAt(NOW + 1).row(),
        Rows.call("forgotten", 1).phase(Phase.EARLY).expiresAt(NOW).row(),
        Rows.call("ended", 2).phase(Phase.TERMINATED).row());
    assertEquals(List.of("ringing"), keys(find(where().phase(Phase.EARLY))));
    assertEquals(List.of("forgotten"), keys(find(where().phase(Phase.EXPIRED))));
    assertEquals(List.of("ended"), keys(find(where().phase(Phase.TERMINATED))));
  }

  @Test
  void filtersByAgentAsAWhole() {
    write(
        Rows.call("a", 0).agents(new Agent(2001, "edge-1"), new Agent(2002, "")).row(),
        Rows.call("b", 1).agents(new Agent(0, "edge-11")).row());
    assertEquals(List.of("a"), keys(find(where().agent("edge-1"))));
    assertEquals(List.of("a"), keys(find(where().agent("2001"))));
    assertEquals(List.of("a"), keys(find(where().agent("2002"))));
    assertEquals(List.of(), keys(find(where().agent("edge"))));
  }

  @Test
  void filtersByTime() {
    // Each lasts 30 s.
    write(Samples.row("a", 0), Samples.row("b", 20 * SECOND), Samples.row("c", 40 * SECOND));
    assertEquals(List.of("c", "b"), keys(find(where().start(T0 + 31 * SECOND))));
    assertEquals(List.of("b", "a"), keys(find(where().end(T0 + 40 * SECOND))));
    assertEquals(List.of("b"), keys(find(where().start(T0 + 31 * SECOND).end(T0 + 40 * SECOND))));
  }

  @Test
  void filtersByAnyText() {
    write(Rows.call("Some-Call", 0).userAgent("Grandstream GXP").row(), Samples.row("b", 1));
    for (var text : List.of("some-call", "GRANDSTREAM", "stream gxp")) {
      assertEquals(List.of("Some-Call"), keys(find(where().text(text))), text);
    }
    for (var text : List.of("sip:bob@example.net", "alice@", "b2")) {
      assertEquals(2, find(where().text(text)).size(), text);
    }
    assertEquals(List.of(), keys(find(where().text("gxp\nalice"))));
  }

  @Test
  void allFiltersHoldTogether() {
    var all =
        where()
            .callId("a")
            .method("invite")
            .from("alice")
            .to("bob")
            .user("example")
            .address("192.0.2.10")
            .trunk("carrier")
            .status("200")
            .phase(Phase.TERMINATED)
            .agent("edge-1")
            .start(T0)
            .end(T0 + SECOND)
            .text("phone");
    write(Rows.call("a", 0).trunk("carrier").row(), Samples.row("b", 1));
    assertEquals(List.of("a"), keys(find(all)));
    assertEquals(List.of(), keys(find(all.from("bob"))));
  }

  @Test
  void bytesThatNoColumnHoldsAreKept() {
    var odd = "nul\u0000 bell\u0007 lone\ud800 caf\u00e9 " + "x".repeat(1000);
    var row = Rows.call("a", 0).parties(odd, "\u0130".repeat(256)).method(odd).userAgent(odd).row();
    write(row);
    var found = find(where().from("nul\u0000 bell")).getFirst().summary();
    assertEquals(odd.replace('\ud800', '?'), found.caller());
    assertEquals(1, find(where().method(odd)).size());
  }

  @Test
  void pagesFollowEachOther() {
    var rows = new ArrayList<DialogRow>();
    for (int i = 0; i < 25; i++) {
      rows.add(Samples.row("call-" + i, i / 5 * SECOND));
    }
    write(rows.toArray(DialogRow[]::new));
    var seen = new ArrayList<String>();
    Optional<DialogIndex.Cursor> after = Optional.empty();
    do {
      var page = await(index.search(where().build(), after, 4, NOW));
      assertTrue(page.rows().size() <= 4);
      seen.addAll(keys(page.rows()));
      after = page.next();
    } while (after.isPresent());
    assertEquals(25, new HashSet<>(seen).size());
    assertEquals(keys(find(where())), seen);
  }

  @Test
  void whatArrivesMeanwhileMovesNoPage() {
    for (int i = 0; i < 6; i++) {
      write(Samples.row("old-" + i, i * SECOND));
    }
    var first = await(index.search(where().build(), Optional.empty(), 3, NOW));
    write(Samples.row("new-1", 10 * SECOND), Samples.row("new-2", 11 * SECOND));
    var second = await(index.search(where().build(), first.next(), 3, NOW));
    assertEquals(List.of("old-5", "old-4", "old-3"), keys(first.rows()));
    assertEquals(List.of("old-2", "old-1", "old-0"), keys(second.rows()));
    assertFalse(second.next().isPresent());
  }

  @Test
  void recentGoesByTheLastMessage() {
    write(
        Rows.call("long", 0).updatedAt(T0 + 100 * SECOND).row(),
        Samples.row("b", 2 * SECOND),
        Samples.row("c", SECOND));
    var first = await(index.recent(where().build(), Optional.empty(), 2, NOW));
    assertEquals(List.of("long", "b"), keys(first.rows()));
    var second = await(index.recent(where().build(), first.next(), 2, NOW));
    assertEquals(List.of("c"), keys(second.rows()));
  }

  @Test
  void aroundGivesTheNearestFirst() {
    write(
        Samples.row("far", 0),
        Samples.row("starts", 61 * SECOND),
        Samples.row("ends", 28 * SECOND),
        Samples.row("later", 200 * SECOND));
    var found = await(index.around(T0 + 60 * SECOND, 5 * SECOND, where().build(), 10, NOW));
    assertEquals(List.of("starts", "ends"), keys(found));
    var wide = await(index.around(T0 + 60 * SECOND, Long.MAX_VALUE, where().build(), 10, NOW));
    assertEquals(List.of("starts", "ends", "far", "later"), keys(wide));
    var one = await(index.around(T0 + 60 * SECOND, 5 * SECOND, where().build(), 1, NOW));
    assertEquals(List.of("starts"), keys(one));
    var nobody =
        await(index.around(T0 + 60 * SECOND, SECOND, where().from("bob").build(), 10, NOW));
    assertEquals(List.of(), keys(nobody));
  }

  @Test
  void aTimelineCountsWhatBeganInEachBucketAndWhatOfItFailed() {
    write(
        Samples.row("before", -1),
        Samples.row("first", 0),
        Rows.call("refused", 9 * SECOND).phase(Phase.FAILED).row(),
        Samples.row("second", 10 * SECOND),
        Rows.call("other", 29 * SECOND).method("OPTIONS").row(),
        Samples.row("after", 30 * SECOND));
    var grid = new TimeGrid(T0, 10 * SECOND, 3);
    assertEquals("0: 2/1 1/0 1/0", counts(await(index.timeline(where().build(), grid, NOW))));
    var calls = where().method("INVITE").start(T0 + 20 * SECOND).build();
    assertEquals(
        "0: 2/1 1/0 0/0",
        counts(await(index.timeline(calls.but().atAnyTime().build(), grid, NOW))));
    var wide = new TimeGrid(T0 - 10_000 * SECOND, 10_010 * SECOND, 3);
    assertEquals("0: 3/1 3/0 0/0", counts(await(index.timeline(where().build(), wide, NOW))));
  }

  private static String counts(Timeline timeline) {
    var text = new StringBuilder().append(timeline.uncounted()).append(':');
    for (int i = 0; i < timeline.grid().buckets(); i++) {
      text.append(' ').append(timeline.dialogs(i)).append('/').append(timeline.failed(i));
    }
    return text.toString();
  }

  @Test
  void writingNothingIsDoneAtOnce() {
    await(write(List.of()));
    assertEquals(List.of(), find(where()));
  }

  private void write(DialogRow... rows) {
    await(write(List.of(rows)));
  }

  private List<DialogRow> find(DialogQueryBuilder query) {
    return await(index.search(query.build(), Optional.empty(), 100, NOW)).rows();
  }

  private static List<String> keys(List<DialogRow> rows) {
    return rows.stream().map(DialogRow::key).toList();
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
