package io.sipscope.node.observed;

import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.events.OwnEvents;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells what was lost on the way in since it looked last, by reason. What was no SIP is no loss.
/// Of one thread.
public final class DropWatch {
  private static final String GROUP = "ingest";
  private static final String DROPPED = "dropped_";
  private static final String NO_LOSS = "dropped_not_sip";

  private final Counters counters;
  private final Events events;
  private final Map<String, Long> before = new HashMap<>();

  public DropWatch(Counters counters, Events events) {
    this.counters = counters;
    this.events = events;
  }

  public void look() {
    for (var reason : reasons()) {
      long total = counters.counter(GROUP, reason).sum();
      long more = total - before.getOrDefault(reason, 0L);
      if (more > 0) {
        before.put(reason, total);
        events.raise(EventNames.CAPTURE_DROPS, () -> OwnEvents.captureDrops(reason, more, total));
      }
    }
  }

  private List<String> reasons() {
    return counters.group(GROUP).stream()
        .map(StatisticName::name)
        .filter(name -> name.startsWith(DROPPED) && !name.equals(NO_LOSS))
        .toList();
  }
}
