package io.sipscope.persistence.status;

import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// One thing of a group that has a status, and reports of what happened to it: the latest few.
/// Any thread may ask and tell.
public final class Identifier {
  /// OpenSIPS keeps ten of its core.
  private static final int KEPT = 10;

  private final String group;
  private final String name;
  private final Events events;
  private final Clock clock;
  private final Deque<Report> reports = new ArrayDeque<>(KEPT);
  private Status status;

  Identifier(String group, String name, Status status, Events events, Clock clock) {
    this.group = group;
    this.name = name;
    this.status = status;
    this.events = events;
    this.clock = clock;
  }

  public String name() {
    return name;
  }

  public synchronized Status status() {
    return status;
  }

  /// The oldest first.
  public synchronized List<Report> reports() {
    return List.copyOf(reports);
  }

  public synchronized void report(String log) {
    if (reports.size() == KEPT) {
      reports.removeFirst();
    }
    reports.addLast(new Report(clock.instant(), log));
  }

  /// Takes a status. When it is another, subscribers of [EventNames#SR_STATUS_CHANGED] are told;
  /// other details alone tell nobody.
  ///
  /// @return whether it is another
  public boolean set(Status next) {
    Status before;
    synchronized (this) {
      before = status;
      status = next;
    }
    if (before.code() == next.code()) {
      return false;
    }
    events.raise(EventNames.SR_STATUS_CHANGED, () -> changed(before, next));
    return true;
  }

  /// Takes a status, and reports it when it is another or says something else.
  public void tell(Status next) {
    var before = status();
    set(next);
    if (!before.equals(next)) {
      report(next.details());
    }
  }

  private Event changed(Status before, Status next) {
    var event =
        Event.of(EventNames.SR_STATUS_CHANGED)
            .with("group", group)
            .with("identifier", name)
            .with("status", next.code());
    return (next.details().isEmpty() ? event : event.with("details", next.details()))
        .with("old_status", before.code());
  }
}
