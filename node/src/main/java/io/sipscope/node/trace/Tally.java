package io.sipscope.node.trace;

import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.persistence.trace.DestinationState.Counts;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// What became of the messages for one destination, and of those for its trace_id altogether:
///
/// traced = sent + dropped + queued + on the disk
///
/// Configured ones count in the group `trace-ID`; all dynamic ones in `trace-dynamic`, as their
/// names are made up by whoever starts them and would be ever more.
final class Tally {
  private static final String GROUP = "trace-";

  /// Why a message was given up.
  enum Drop {
    /// Neither the queue nor the disk had room.
    NO_ROOM,
    /// Larger than a datagram, a frame or a row can be.
    REFUSED,
    /// A record of the spool was torn or damaged.
    DAMAGED,
    /// It waited when its trace was stopped, or the node without a spool.
    STOPPED
  }

  /// One of the destination's own, and one that its trace_id's destinations share.
  private record Count(AtomicLong own, LongAdder shared) {
    void add(long messages) {
      own.addAndGet(messages);
      shared.add(messages);
    }
  }

  private final Count sent;
  private final Count retried;
  private final Count spooled;
  private final Count dropped;
  private final Map<Drop, LongAdder> byReason = new EnumMap<>(Drop.class);

  Tally(Counters counters, String group) {
    sent = count(counters, group, "sent");
    retried = count(counters, group, "retried");
    spooled = count(counters, group, "spooled");
    dropped = count(counters, group, "dropped");
    for (var why : Drop.values()) {
      byReason.put(why, counters.counter(group, "dropped_" + why.name().toLowerCase(Locale.ROOT)));
    }
  }

  private static Count count(Counters counters, String group, String name) {
    return new Count(new AtomicLong(), counters.counter(group, name));
  }

  /// The group of a trace_id. What a statistic's name has a meaning for, or a chart cannot show,
  /// becomes `_`.
  static String group(String traceId, boolean isDynamic) {
    return GROUP + (isDynamic ? "dynamic" : StatisticName.cleaned(traceId));
  }

  void sent(int messages) {
    sent.add(messages);
  }

  void retried(int messages) {
    retried.add(messages);
  }

  void spooled(int messages) {
    spooled.add(messages);
  }

  void dropped(Drop why, long messages) {
    if (messages > 0) {
      dropped.add(messages);
      byReason.get(why).add(messages);
    }
  }

  Counts read() {
    return new Counts(
        sent.own().get(), retried.own().get(), spooled.own().get(), dropped.own().get());
  }
}
