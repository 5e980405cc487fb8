package io.sipscope.protocol.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/// One request on all its hops and forks: the legs of one CSeq. Its answer is what the hops nearest
/// to the sender saw; what a proxy learned from one fork is not yet an answer to the caller.
///
/// Asked for again with every burst, so without a stream.
///
/// @param nearest the legs with the fewest hops
public record Attempt(List<Leg> legs, List<Leg> nearest) {
  public static final Attempt NONE = new Attempt(List.of());

  public Attempt(List<Leg> legs) {
    this(legs, nearest(legs));
  }

  /// Attempts in the order of their times; the legs are of one method.
  public static List<Attempt> inOrder(List<Leg> legs) {
    if (legs.size() == 1) {
      return List.of(new Attempt(legs));
    }
    var byCseq = new TreeMap<Long, List<Leg>>();
    for (var leg : legs) {
      byCseq.computeIfAbsent(leg.cseq, _ -> new ArrayList<>(2)).add(leg);
    }
    var attempts = new ArrayList<Attempt>(byCseq.size());
    for (var ofOneCseq : byCseq.values()) {
      attempts.add(new Attempt(ofOneCseq));
    }
    attempts.sort(Comparator.comparingLong(attempt -> attempt.first().time()));
    return attempts;
  }

  private static List<Leg> nearest(List<Leg> legs) {
    int hops = Integer.MAX_VALUE;
    for (var leg : legs) {
      hops = Math.min(hops, leg.hops);
    }
    var nearest = new ArrayList<Leg>(legs.size());
    for (var leg : legs) {
      if (leg.hops == hops) {
        nearest.add(leg);
      }
    }
    return nearest.size() == legs.size() ? legs : nearest;
  }

  public Moment first() {
    return earliest(legs, leg -> leg.first);
  }

  public Moment request() {
    return nearest(leg -> leg.request);
  }

  public Moment provisional() {
    return nearest(leg -> leg.provisional);
  }

  public Moment early() {
    return nearest(leg -> leg.early);
  }

  public Moment ringing() {
    return nearest(leg -> leg.ringing);
  }

  /// The first 2xx; one on any fork answers the call.
  public Moment success() {
    return nearest(leg -> leg.success);
  }

  public int successStatus() {
    var success = success();
    for (var leg : legs) {
      if (leg.success.equals(success)) {
        return leg.successStatus;
      }
    }
    return 0;
  }

  public boolean isFailed() {
    if (legs.isEmpty() || success().happened()) {
      return false;
    }
    for (var leg : nearest) {
      if (!leg.failure.happened()) {
        return false;
      }
    }
    return true;
  }

  /// The leg whose refusal was or would be passed on: 6xx first, then the lowest (RFC 3261 §16.7).
  public Leg failed() {
    var best = nearest.getFirst();
    for (var leg : nearest) {
      best = rank(leg) < rank(best) ? leg : best;
    }
    return best;
  }

  private static int rank(Leg leg) {
    return leg.failureStatus >= 600 ? 0 : leg.failureStatus;
  }

  public int requests() {
    int requests = 0;
    for (var leg : nearest) {
      requests += leg.requests;
    }
    return requests;
  }

  private Moment nearest(Function<Leg, Moment> kind) {
    var near = earliest(nearest, kind);
    return near.happened() ? near : earliest(legs, kind);
  }

  private static Moment earliest(List<Leg> legs, Function<Leg, Moment> kind) {
    var earliest = Moment.NEVER;
    for (var leg : legs) {
      earliest = earliest.earlier(kind.apply(leg));
    }
    return earliest;
  }
}
