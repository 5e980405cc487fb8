package io.sipscope.node.ingest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells an operator who sends what cannot be read: at most one line a minute for a sender, and
/// [#MAX_LINES_A_SECOND] in all, as senders' addresses are easily forged. The counters hear of
/// every single one.
public final class MalformedLog {
  /// Senders remembered; the one that was silent longest is forgotten first.
  static final int MAX_SENDERS = 1_024;

  static final int MAX_LINES_A_SECOND = 5;

  private static final int MAX_DETAIL = 160;
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final Logger LOG = LoggerFactory.getLogger(MalformedLog.class);

  private final LongSupplier nanoTime;
  private final Map<String, Sender> senders = new LinkedHashMap<>(64, 0.75f, true);
  private long secondStart;
  private int linesThisSecond;

  private static final class Sender {
    long lastLine;
    long since;
  }

  /// @param nanoTime a clock like [System#nanoTime]
  public MalformedLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.secondStart = nanoTime.getAsLong();
  }

  public void heard(String sender, String reason, String detail) {
    long unsaid = unsaid(sender);
    if (unsaid >= 0) {
      LOG.warn(
          "{} sent what cannot be read: {}: {} ({} more since the last such line)",
          sender,
          reason,
          printable(detail),
          unsaid);
    }
  }

  /// How many of this sender went unsaid before this one, or -1 when this one does too.
  synchronized long unsaid(String name) {
    long now = nanoTime.getAsLong();
    var sender = senders.get(name);
    if (sender != null && now - sender.lastLine < MINUTE) {
      sender.since++;
      return -1;
    }
    if (now - secondStart >= SECOND) {
      secondStart = now;
      linesThisSecond = 0;
    }
    if (++linesThisSecond > MAX_LINES_A_SECOND) {
      return -1;
    }
    if (sender == null) {
      sender = new Sender();
      senders.put(name, sender);
      if (senders.size() > MAX_SENDERS) {
        senders.remove(senders.keySet().iterator().next());
      }
    }
    long unsaid = sender.since;
    sender.since = 0;
    sender.lastLine = now;
    return unsaid;
  }

  /// Details may quote the sender's bytes: no control character reaches a terminal.
  static String printable(String text) {
    var shown = new StringBuilder(Math.min(text.length(), MAX_DETAIL));
    for (int i = 0; i < text.length() && i < MAX_DETAIL; i++) {
      char c = text.charAt(i);
      shown.append(c < 0x20 || (c > 0x7e && c < 0xa0) ? '.' : c);
    }
    return shown.toString();
  }
}
