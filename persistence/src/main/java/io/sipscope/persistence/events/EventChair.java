package io.sipscope.persistence.events;

import io.sipscope.persistence.events.EventBoard.Interest;
import io.sipscope.persistence.events.EventSeat.Gap;
import io.sipscope.persistence.events.EventSeat.Noted;
import java.util.OptionalLong;

/// One watcher as its board has it: what it wants, and how much of that it had no room for.
/// Mutable, as its board owns it.
final class EventChair {
  private final EventSeat seat;
  private final Interest interest;
  private long missed;
  private boolean isUnknown;

  EventChair(EventSeat seat, Interest interest) {
    this.seat = seat;
    this.interest = interest;
  }

  Interest interest() {
    return interest;
  }

  void show(Noted noted) {
    if (interest.covers(noted.happened().event().name()) && !(catchUp() && seat.take(noted))) {
      missed++;
    }
  }

  /// It came back too late to be shown all.
  void missedUnknown() {
    isUnknown = true;
    catchUp();
  }

  /// Tells what was missed as soon as there is room; answers whether nothing is left to tell.
  boolean catchUp() {
    if (missed == 0 && !isUnknown) {
      return true;
    }
    var count = isUnknown ? OptionalLong.empty() : OptionalLong.of(missed);
    if (seat.take(new Gap(count))) {
      missed = 0;
      isUnknown = false;
      return true;
    }
    return false;
  }
}
