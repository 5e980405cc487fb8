package io.sipscope.node.agents;

import io.sipscope.http.agents.Refusal;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.Events;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who was not let in, the latest first to be forgotten last. An operator is told in the log and
/// by an event: once a minute of each, and of few a second, as senders and names are easily forged.
final class Refusals {
  /// Raised when HEP was not let in.
  static final String EVENT = "E_SIPSCOPE_AGENT_REFUSED";

  /// Of sender, name and reason, that are told apart.
  static final int REMEMBERED = 100;

  private static final int MAX_LINES_A_SECOND = 5;
  private static final int MAX_NAME = 64;
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private record Who(String address, String agent, Admission why) {}

  private static final class Count {
    private long count;
    private long lastAt;
    private long toldAt = Long.MIN_VALUE;
    private long untold;
  }

  private final Events events;
  private final Map<Who, Count> byWho = new LinkedHashMap<>(64, 0.75f, true);
  private long second;
  private int linesThisSecond;

  Refusals(Events events) {
    this.events = events;
  }

  /// @param agent as it said it is
  /// @param at nanoseconds since the epoch
  void add(Peer peer, String agent, Admission why, long at) {
    var who = new Who(peer.text(), shown(agent), why);
    long untold = counted(who, at);
    if (untold >= 0) {
      LOG.warn(
          "HEP of {} in the name of {} was not let in: {} ({} more since the last such line)",
          who.address(),
          who.agent().isEmpty() ? "nobody" : who.agent(),
          why.reason(),
          untold);
      events.raise(EVENT, () -> event(who, untold + 1));
    }
  }

  private static Event event(Who who, long count) {
    return Event.of(EVENT)
        .with("address", who.address())
        .with("agent", who.agent())
        .with("reason", who.why().reason())
        .with("count", count);
  }

  /// How many of this went untold before, or -1 when this one does too.
  private synchronized long counted(Who who, long at) {
    var count = byWho.computeIfAbsent(who, _ -> new Count());
    if (byWho.size() > REMEMBERED) {
      byWho.remove(byWho.keySet().iterator().next());
    }
    count.count++;
    count.lastAt = at;
    if (!isTimeToTell(count, at)) {
      count.untold++;
      return -1;
    }
    long untold = count.untold;
    count.untold = 0;
    count.toldAt = at;
    return untold;
  }

  private boolean isTimeToTell(Count count, long at) {
    if (count.toldAt != Long.MIN_VALUE && at - count.toldAt < MINUTE) {
      return false;
    }
    if (at / SECOND != second) {
      second = at / SECOND;
      linesThisSecond = 0;
    }
    return ++linesThisSecond <= MAX_LINES_A_SECOND;
  }

  /// A name is what a stranger sent: it is cut, and no control character reaches a terminal.
  private static String shown(String agent) {
    var shown = new StringBuilder(Math.min(agent.length(), MAX_NAME));
    for (int i = 0; i < agent.length() && i < MAX_NAME; i++) {
      char c = agent.charAt(i);
      shown.append(c < 0x20 || (c > 0x7e && c < 0xa0) ? '.' : c);
    }
    return shown.toString();
  }

  /// The latest last.
  synchronized List<Refusal> list() {
    var list = new ArrayList<Refusal>(byWho.size());
    byWho.forEach(
        (who, count) ->
            list.add(
                new Refusal(
                    who.address(), who.agent(), who.why().reason(), count.count, count.lastAt)));
    return list;
  }
}
