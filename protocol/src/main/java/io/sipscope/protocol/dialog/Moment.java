package io.sipscope.protocol.dialog;

/// The earliest message of a kind: when, and its sequence number. [#NEVER] where none was seen.
record Moment(long time, long seq) {
  static final Moment NEVER = new Moment(Long.MAX_VALUE, 0);

  boolean happened() {
    return seq > 0;
  }

  Moment earlier(Moment other) {
    return other.time < time ? other : this;
  }
}
