package io.sipscope.persistence.events;

import io.sipscope.persistence.events.EventSeat.Noted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// One per node: the events of all nodes for whoever watches on this one, and a bounded memory of
/// them for who comes back or comes late. Called by the threads that raise events; never waits.
///
/// What happens seldom ([EventCatalogue#isSeldom]) is remembered everywhere; the rest is told here
/// only while somebody watches for it. [EventBoards] says what is watched on which node.
public final class EventBoard {
  /// Of each node.
  static final int REMEMBERED = 2_000;

  /// A message may be in an event: their room in all.
  static final long REMEMBERED_BYTES = 8 << 20;

  /// Who watches with a browser on a bad line comes back within that, and has missed nothing.
  static final long LINGER_MILLIS = 60_000;

  private static final long MICROS_IN_MILLI = 1_000;

  /// What a board watches for, as the others know it.
  ///
  /// @param usual everything but what costs much to tell ([EventCatalogue#isCostly])
  record Interest(boolean usual, Set<String> names) {
    static final Interest NONE = new Interest(false, Set.of());

    Interest {
      names = Set.copyOf(names);
    }

    boolean covers(String name) {
      return names.contains(name) || (usual && !EventCatalogue.isCostly(name));
    }

    /// Whether who watched for this has heard of all that the other wants.
    boolean covers(Interest other) {
      return (usual || !other.usual)
          && other.names.stream().allMatch(name -> covers(name) || EventCatalogue.isSeldom(name));
    }
  }

  private final LongSupplier clock;
  private final ArrayDeque<Noted> remembered = new ArrayDeque<>();
  private final Map<EventSeat, EventChair> seats = new HashMap<>();
  private final Map<Interest, Long> lingering = new HashMap<>();
  private volatile String node = "";
  private volatile Interest here = Interest.NONE;
  private volatile Elsewhere elsewhere = (_, _) -> List.of();
  private volatile Runnable changed = () -> {};
  private long bytes;
  private long lastId;

  /// Who saw nothing after that may have missed something.
  private long forgottenId;

  /// The other boards.
  @FunctionalInterface
  interface Elsewhere {
    /// Those to be told of an event.
    List<? extends Consumer<Happened>> watching(String name, boolean seldom);
  }

  /// @param clock milliseconds since the epoch
  public EventBoard(LongSupplier clock) {
    this.clock = clock;
    forgottenId = clock.getAsLong() * MICROS_IN_MILLI;
  }

  /// Whose board it is.
  ///
  /// @param address of the node
  public void isOf(String address) {
    node = address;
  }

  /// @param change is called when it watches for something else
  void joins(Elsewhere others, Runnable change) {
    elsewhere = others;
    changed = change;
  }

  Interest interest() {
    return here;
  }

  /// Whether somebody watches for an event, on whatever node.
  boolean isWatched(String name) {
    return here.covers(name) || !elsewhere.watching(name, /* seldom */ false).isEmpty();
  }

  /// Whether it wants to be told of an event.
  boolean wants(String name) {
    return EventCatalogue.isSeldom(name) || isWatched(name);
  }

  void raised(Event event) {
    boolean seldom = EventCatalogue.isSeldom(event.name());
    var happened = new Happened(clock.getAsLong(), node, event);
    if (seldom || here.covers(event.name())) {
      note(happened);
    }
    elsewhere.watching(event.name(), seldom).forEach(board -> board.accept(happened));
  }

  /// Something happened: on this node, or on another.
  synchronized void note(Happened happened) {
    lastId = Math.max(lastId + 1, clock.getAsLong() * MICROS_IN_MILLI);
    var noted = new Noted(lastId, happened);
    remembered.addLast(noted);
    bytes += happened.size();
    while (remembered.size() > REMEMBERED || bytes > REMEMBERED_BYTES) {
      var forgotten = remembered.removeFirst();
      bytes -= forgotten.happened().size();
      forgottenId = forgotten.id();
    }
    seats.values().forEach(chair -> chair.show(noted));
  }

  /// Begins to show events.
  ///
  /// @param names those that are wanted; empty for all but what costs much to tell
  /// @param after the id of the last one that was seen: what came since is shown first
  public void watch(EventSeat seat, Set<String> names, OptionalLong after) {
    synchronized (this) {
      var chair = new EventChair(seat, new Interest(names.isEmpty(), names));
      if (after.isPresent()) {
        if (after.getAsLong() < forgottenId || !here.covers(chair.interest())) {
          chair.missedUnknown();
        }
        remembered.stream().filter(noted -> noted.id() > after.getAsLong()).forEach(chair::show);
      }
      seats.put(seat, chair);
      look();
    }
    changed.run();
  }

  public void leave(EventSeat seat) {
    synchronized (this) {
      var chair = seats.remove(seat);
      if (chair != null) {
        lingering.put(chair.interest(), clock.getAsLong() + LINGER_MILLIS);
        look();
      }
    }
    changed.run();
  }

  /// The last ones, the oldest first.
  public synchronized List<Noted> recent(int limit) {
    return remembered.stream().skip(Math.max(0, remembered.size() - limit)).toList();
  }

  /// A second has passed.
  void tick() {
    boolean ended;
    synchronized (this) {
      seats.values().forEach(EventChair::catchUp);
      long now = clock.getAsLong();
      ended = lingering.values().removeIf(until -> until <= now);
      if (ended) {
        look();
      }
    }
    if (ended) {
      changed.run();
    }
  }

  private void look() {
    boolean usual = false;
    var names = new ArrayList<String>();
    for (var chair : seats.values()) {
      usual |= chair.interest().usual();
      names.addAll(chair.interest().names());
    }
    for (var interest : lingering.keySet()) {
      usual |= interest.usual();
      names.addAll(interest.names());
    }
    here = new Interest(usual, Set.copyOf(names));
  }
}
