package io.sipscope.node.observed;

import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.events.OwnEvents;
import io.sipscope.persistence.trace.DestinationState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Tells when a destination of traces takes nothing any more and when it does again, each once. One
/// that is reached for the first time is no news. Of one thread.
public final class DestinationWatch {
  private final Events events;

  /// Since when each that is down is, nanoseconds since the epoch.
  private final Map<String, Long> down = new HashMap<>();

  public DestinationWatch(Events events) {
    this.events = events;
  }

  /// What one is called: its trace and where it leads.
  public static String name(DestinationState state) {
    return state.id() + '/' + state.uri();
  }

  /// Whether nobody has tried yet.
  public static boolean isNew(DestinationState state) {
    return !state.up() && state.trouble().equals(DestinationState.NEW);
  }

  public void look(List<DestinationState> states, long now) {
    for (var state : states) {
      var name = name(state);
      if (state.up()) {
        var since = down.remove(name);
        if (since != null) {
          events.raise(
              EventNames.TRACE_DESTINATION_UP,
              () ->
                  OwnEvents.traceDestinationUp(name, TimeUnit.NANOSECONDS.toSeconds(now - since)));
        }
      } else if (!isNew(state) && down.putIfAbsent(name, state.since()) == null) {
        events.raise(
            EventNames.TRACE_DESTINATION_DOWN,
            () -> OwnEvents.traceDestinationDown(name, state.trouble()));
      }
    }
    var there = states.stream().map(DestinationWatch::name).toList();
    down.keySet().retainAll(there);
  }
}
