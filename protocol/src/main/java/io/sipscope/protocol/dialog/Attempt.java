package io.sipscope.protocol.dialog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/// One request on all its hops and forks: the legs of one CSeq. Its answer is what the hops nearest
/// to the sender saw; what a proxy learned from one fork is not yet an answer to the caller.
record Attempt(List<Leg> legs) {
  static final Attempt NONE = new Attempt(List.of());

  /// Attempts in the order of their times; the legs are of one method.
  static List<Attempt> inOrder(List<Leg> legs) {
    var byCseq = new TreeMap<Long, List<Leg>>();
    for (var leg : legs) {
      byCseq.computeIfAbsent(leg.cseq, _ -> new ArrayList<>()).add(leg);
    }
    return byCseq.values().stream()
        .map(Attempt::new)
        .sorted(Comparator.comparingLong(attempt -> attempt.first().time()))
        .toList();
  }

  Moment first() {
    return earliest(legs, leg -> leg.first);
  }

  Moment request() {
    return nearest(leg -> leg.request);
  }

  Moment provisional() {
    return nearest(leg -> leg.provisional);
  }

  Moment early() {
    return nearest(leg -> leg.early);
  }

  Moment ringing() {
    return nearest(leg -> leg.ringing);
  }

  /// The first 2xx; one on any fork answers the call.
  Moment success() {
    return nearest(leg -> leg.success);
  }

  int successStatus() {
    var success = success();
    return legs.stream()
        .filter(leg -> leg.success.equals(success))
        .mapToInt(leg -> leg.successStatus)
        .findFirst()
        .orElse(0);
  }

  boolean isFailed() {
    return !legs.isEmpty()
        && !success().happened()
        && nearest().stream().allMatch(leg -> leg.failure.happened());
  }

  /// The leg whose refusal was or would be passed on: 6xx first, then the lowest (RFC 3261 §16.7).
  Leg failed() {
    return nearest().stream()
        .min(Comparator.<Leg>comparingInt(leg -> leg.failureStatus >= 600 ? 0 : leg.failureStatus))
        .orElseThrow();
  }

  int requests() {
    return nearest().stream().mapToInt(leg -> leg.requests).sum();
  }

  private Moment nearest(Function<Leg, Moment> kind) {
    var near = earliest(nearest(), kind);
    return near.happened() ? near : earliest(legs, kind);
  }

  private List<Leg> nearest() {
    int hops = legs.stream().mapToInt(leg -> leg.hops).min().orElse(0);
    return legs.stream().filter(leg -> leg.hops == hops).toList();
  }

  private static Moment earliest(List<Leg> legs, Function<Leg, Moment> kind) {
    return legs.stream().map(kind).reduce(Moment.NEVER, Moment::earlier);
  }
}
