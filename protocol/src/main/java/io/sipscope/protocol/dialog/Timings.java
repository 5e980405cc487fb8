package io.sipscope.protocol.dialog;

import io.sipscope.protocol.verdict.Moment;
import java.util.OptionalLong;

/// The times of a call in nanoseconds, as its sender's side saw them.
///
/// @param setup from the first INVITE to the answer
/// @param ring from the first 180 or 183 to the answer, or to the end when there was none
/// @param duration from the answer to the end
record Timings(OptionalLong setup, OptionalLong ring, OptionalLong duration) {
  private static final Timings NONE =
      new Timings(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  static Timings of(Origin origin, Outcome outcome) {
    if (!origin.method().equals("INVITE") || outcome.midstream()) {
      return NONE;
    }
    var invite = Moment.NEVER;
    for (var attempt : outcome.attempts()) {
      invite = invite.earlier(attempt.request());
    }
    var decisive = outcome.decisive();
    var answer = decisive.success();
    return new Timings(
        between(invite, answer),
        between(decisive.ringing(), answer.happened() ? answer : outcome.ended()),
        between(answer, outcome.ended()));
  }

  /// Never negative: agents' clocks differ.
  private static OptionalLong between(Moment from, Moment to) {
    return from.happened() && to.happened()
        ? OptionalLong.of(Math.max(0, to.time() - from.time()))
        : OptionalLong.empty();
  }
}
