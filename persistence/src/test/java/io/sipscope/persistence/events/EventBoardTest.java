package io.sipscope.persistence.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.events.EventSeat.Gap;
import io.sipscope.persistence.events.EventSeat.Noted;
import io.sipscope.persistence.events.EventSeat.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventBoardTest {
  private static final Event CALL = Event.of(EventNames.DLG_STATE_CHANGED);
  private static final Event MEMBER = OwnEvents.memberUp("a");
  private static final Event LINE = Event.of(EventNames.LOG);

  private final AtomicLong now = new AtomicLong(1_000);
  private final EventBoard board = new EventBoard(now::get);
  private final List<Shown> shown = new ArrayList<>();

  private static List<String> names(List<? extends Shown> shown) {
    return shown.stream().map(EventBoardTest::name).toList();
  }

  private static String name(Shown one) {
    return switch (one) {
      case Noted(_, var happened) -> happened.event().name();
      case Gap(var count) -> "gap " + (count.isPresent() ? count.getAsLong() : "?");
    };
  }

  @Test
  void whatHappensSeldomIsRememberedThoughNobodyWatches() {
    board.raised(MEMBER);
    board.raised(CALL);
    assertEquals(List.of(EventNames.MEMBER_UP), names(board.recent(10)));
    assertFalse(board.wants(EventNames.DLG_STATE_CHANGED));
  }

  @Test
  void whoWatchesIsShownAllButWhatCostsMuch() {
    board.watch(shown::add, Set.of(), OptionalLong.empty());
    assertTrue(board.isWatched(EventNames.DLG_STATE_CHANGED));
    assertTrue(board.isWatched("E_OF_A_SCRIPT"));
    assertFalse(board.isWatched(EventNames.PROFILING_SCRIPT));
    board.raised(CALL);
    board.raised(LINE);
    assertEquals(List.of(EventNames.DLG_STATE_CHANGED), names(shown));
  }

  @Test
  void whoNamesEventsIsShownTheseOnly() {
    board.watch(shown::add, Set.of(EventNames.LOG), OptionalLong.empty());
    board.raised(CALL);
    board.raised(MEMBER);
    board.raised(LINE);
    assertEquals(List.of(EventNames.LOG), names(shown));
  }

  @Test
  void whoComesBackSoonHasMissedNothing() {
    EventSeat seat = shown::add;
    board.watch(seat, Set.of(), OptionalLong.empty());
    board.raised(CALL);
    board.leave(seat);
    board.raised(MEMBER);
    board.raised(CALL);
    long last = ((Noted) shown.getFirst()).id();
    shown.clear();
    board.watch(seat, Set.of(), OptionalLong.of(last));
    assertEquals(List.of(EventNames.MEMBER_UP, EventNames.DLG_STATE_CHANGED), names(shown));
  }

  @Test
  void whoComesBackLateIsToldThatSomethingMayBeMissing() {
    EventSeat seat = shown::add;
    board.watch(seat, Set.of(), OptionalLong.empty());
    board.raised(CALL);
    board.leave(seat);
    now.addAndGet(EventBoard.LINGER_MILLIS);
    board.tick();
    assertFalse(board.isWatched(EventNames.DLG_STATE_CHANGED));
    long last = ((Noted) shown.getFirst()).id();
    shown.clear();
    board.watch(seat, Set.of(), OptionalLong.of(last));
    assertEquals(List.of("gap ?"), names(shown));
  }

  @Test
  void whoIsTooSlowIsToldHowManyWereMissed() {
    board.watch(
        one -> !shown.isEmpty() && shown.size() < 3 && shown.add(one),
        Set.of(),
        OptionalLong.empty());
    board.raised(CALL);
    board.raised(CALL);
    shown.add(new Gap(OptionalLong.of(0))); // as if there were room from now on
    board.raised(MEMBER);
    assertEquals(List.of("gap 0", "gap 2", EventNames.MEMBER_UP), names(shown));
  }

  @Test
  void theMemoryIsBoundedAndItsIdsGrow() {
    board.watch(shown::add, Set.of(), OptionalLong.empty());
    for (int i = 0; i < EventBoard.REMEMBERED + 5; i++) {
      board.raised(CALL);
    }
    assertEquals(EventBoard.REMEMBERED, board.recent(10_000).size());
    long before = 0;
    for (var noted : board.recent(10_000)) {
      assertTrue(noted.id() > before);
      before = noted.id();
    }
    var late = new ArrayList<Shown>();
    board.watch(late::add, Set.of(), OptionalLong.of(((Noted) shown.getFirst()).id()));
    assertEquals("gap ?", name(late.getFirst()));
  }
}
