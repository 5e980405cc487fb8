package io.sipscope.protocol.verdict;

/// The earliest message of a kind: when, and its sequence number. [#NEVER] where none was seen.
public record Moment(long time, long seq) {
  public static final Moment NEVER = new Moment(Long.MAX_VALUE, 0);

  public boolean happened() {
    return seq > 0;
  }

  public Moment earlier(Moment other) {
    return other.time < time ? other : this;
  }

  /// Of two that happened the later; the one that happened where the other did not.
  Moment later(Moment other) {
    return !happened() || (other.happened() && other.time > time) ? other : this;
  }

  /// Nanoseconds from this to another; negative when that came first.
  long until(Moment other) {
    return other.time - time;
  }
}
