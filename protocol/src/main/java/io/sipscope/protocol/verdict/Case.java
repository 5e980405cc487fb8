package io.sipscope.protocol.verdict;

import java.util.List;

/// A dialog as rules look at it.
///
/// @param method of the request that created it, or of what was seen first
/// @param callerTag From-tag of the caller
/// @param attempts the requests that tried to create it, in order, challenged ones first
/// @param decisive the attempt that decided, one of `attempts`
/// @param midstream no request that creates a dialog was seen
/// @param ended [Moment#NEVER] while it goes on
public record Case(
    String method,
    String callerTag,
    Stage stage,
    List<Attempt> attempts,
    Attempt decisive,
    boolean midstream,
    Moment ended,
    Facts facts) {

  /// How far it has come: what rules are asked at all.
  public enum Stage {
    PENDING,
    UP,
    ENDED,
    CANCELLED,
    REFUSED
  }

  boolean isCall() {
    return method.equals("INVITE");
  }

  /// The first request that tried, whatever came of it.
  Moment asked() {
    var asked = Moment.NEVER;
    for (var attempt : attempts) {
      asked = asked.earlier(attempt.request());
    }
    return asked;
  }

  boolean isEndedByCaller() {
    return facts.byeFromTag().equals(callerTag);
  }

  /// ` after 1.2 s` since the first request; empty when either was not seen.
  String afterRequest(Moment moment) {
    return Words.after(asked(), moment);
  }

  /// ` after 1.2 s` since the request that decided.
  String afterDecisive(Moment moment) {
    return Words.after(decisive.request(), moment);
  }
}
