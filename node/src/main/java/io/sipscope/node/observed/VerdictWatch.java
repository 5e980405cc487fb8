package io.sipscope.node.observed;

import io.sipscope.persistence.dialog.DialogListener;
import io.sipscope.persistence.dialog.Standing;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.events.OwnEvents;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.verdict.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Tells of dialogs that settle with a bad verdict: it is still the same [#SETTLED] after it was
/// given, for agents report late and what looks bad may turn out well. Each dialog is told once for
/// a rule, as far as it is remembered.
public final class VerdictWatch implements DialogListener {
  static final long SETTLED = 2_000_000_000L;

  /// Dialogs that are waited for, and that are remembered as told. What comes beyond is told at
  /// once, or may be told again.
  static final int MOST = 20_000;

  private final Events events;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final Map<String, String> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  private record Waiting(String callId, Verdict verdict, long since) {}

  public VerdictWatch(Events events) {
    this.events = events;
  }

  @Override
  public void changed(Optional<Standing> before, Standing after, DialogRow row) {
    var verdict = row.summary().verdict();
    boolean isBad = verdict.level() == Verdict.Level.BAD;
    if (!isBad && waitingIsEmpty()) {
      return;
    }
    heard(row.key(), row.summary().callId(), verdict, System.nanoTime());
  }

  private synchronized boolean waitingIsEmpty() {
    return waiting.isEmpty();
  }

  /// @param now as [System#nanoTime]
  synchronized void heard(String key, String callId, Verdict verdict, long now) {
    if (verdict.level() != Verdict.Level.BAD || verdict.rule().equals(told.get(key))) {
      waiting.remove(key);
      return;
    }
    var known = waiting.get(key);
    if (known == null || !known.verdict().rule().equals(verdict.rule())) {
      waiting.remove(key);
      waiting.put(key, new Waiting(callId, verdict, now));
    }
    if (waiting.size() > MOST) {
      var first = waiting.entrySet().iterator().next();
      tell(first.getKey(), waiting.remove(first.getKey()));
    }
  }

  /// Tells those that have settled. Called now and then.
  public void look() {
    look(System.nanoTime());
  }

  synchronized void look(long now) {
    var settled = new ArrayList<String>();
    for (var one : waiting.entrySet()) {
      if (now - one.getValue().since() < SETTLED) {
        break; // those behind came later
      }
      settled.add(one.getKey());
    }
    settled.forEach(key -> tell(key, waiting.remove(key)));
  }

  private void tell(String key, Waiting one) {
    told.put(key, one.verdict().rule());
    events.raise(
        EventNames.VERDICT_BAD,
        () -> OwnEvents.verdictBad(key, one.callId(), one.verdict().rule(), one.verdict().title()));
  }
}
