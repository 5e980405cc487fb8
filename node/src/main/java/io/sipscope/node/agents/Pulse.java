package io.sipscope.node.agents;

import io.sipscope.http.agents.AgentState.Gap;
import io.sipscope.http.agents.AgentState.Silences;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/// How often an agent is heard, and when it was not though it should have been.
///
/// HEP numbers nothing, so what an agent lost cannot be counted. What can be told is that it was
/// silent: longer than the operator allows, longer than [#UNUSUAL] times its usual pause, and
/// while others spoke, so that it was not just night. Not thread-safe.
final class Pulse {
  static final long SECOND = 1_000_000_000L;

  /// Of messages that come by chance, one pause in 20,000 is ten times as long as the usual one.
  private static final int UNUSUAL = 10;

  /// Packets of an agent that is known for less than a minute that tell its usual pause.
  private static final int ENOUGH = 20;

  /// Packets of others that show that there was something to tell.
  private static final int OTHERS = 10;

  private static final int MINUTE = 60;
  private static final int LATEST = 10;

  private final long silence;
  private final int[] perSecond = new int[MINUTE];
  private final Deque<Gap> latest = new ArrayDeque<>();
  private int inTheMinute;
  private long second;
  private long first;
  private long last;
  private long othersAtLast;
  private long gaps;

  /// @param silence nanoseconds that it may be silent in any case
  Pulse(long silence) {
    this.silence = silence;
  }

  /// @param at nanoseconds since the epoch
  /// @param others packets of all others so far
  void beat(long at, long others) {
    if (last == 0) {
      first = at;
      last = at;
    } else if (isGap(at, others)) {
      gaps++;
      if (latest.size() == LATEST) {
        latest.removeFirst();
      }
      latest.addLast(new Gap(last, at - last));
    }
    last = Math.max(last, at);
    othersAtLast = others;
    forward(last / SECOND);
    perSecond[(int) (second % MINUTE)]++;
    inTheMinute++;
  }

  private void forward(long to) {
    if (to - second >= MINUTE) {
      Arrays.fill(perSecond, 0);
      inTheMinute = 0;
      second = to;
      return;
    }
    while (second < to) {
      second++;
      int slot = (int) (second % MINUTE);
      inTheMinute -= perSecond[slot];
      perSecond[slot] = 0;
    }
  }

  /// The usual pause is that of the minute before the silence.
  private boolean isGap(long now, long others) {
    long pause = now - last;
    return last != 0
        && pause >= silence
        && others - othersAtLast >= OTHERS
        && pause >= UNUSUAL * usualPause();
  }

  private long usualPause() {
    long span = MINUTE * SECOND;
    if (inTheMinute >= ENOUGH) {
      span = Math.min(span, last - first + SECOND);
    }
    return span / Math.max(1, inTheMinute);
  }

  /// @param others packets of all others so far
  Silences silences(long now, long others) {
    boolean lasts = isGap(now, others);
    return new Silences(
        gaps + (lasts ? 1 : 0),
        List.copyOf(latest),
        lasts ? OptionalLong.of(last) : OptionalLong.empty());
  }

  /// Packets a second over the last minute, or since the first one.
  double rate(long now) {
    long to = Math.max(now / SECOND, second);
    int recent = 0;
    for (long at = Math.max(second - MINUTE, to - MINUTE) + 1; at <= second; at++) {
      recent += perSecond[(int) (at % MINUTE)];
    }
    long seconds = Math.clamp(to - first / SECOND + 1, 1, MINUTE);
    return Math.round(100.0 * recent / seconds) / 100.0;
  }

  long first() {
    return first;
  }

  long last() {
    return last;
  }
}
