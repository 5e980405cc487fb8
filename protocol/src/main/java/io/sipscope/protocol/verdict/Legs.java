package io.sipscope.protocol.verdict;

import io.sipscope.protocol.sip.SipMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The transactions of a dialog that may decide how it went: the earliest, INVITEs before BYEs
/// before others, What follows changes no phase, so a bound costs
/// nothing.
public final class Legs {
  /// A forked call through a few proxies with two challenges needs a dozen.
  public static final int MAX_LEGS = 32;

  private static final Comparator<Leg> MOST_TELLING =
      Comparator.<Leg>comparingInt(leg -> rank(leg.method))
          .thenComparingLong(leg -> leg.first.time())
          .thenComparingLong(leg -> leg.cseq);

  private final int bound;
  private final List<Leg> legs = new ArrayList<>(2);

  public Legs() {
    this(MAX_LEGS);
  }

  Legs(int bound) {
    this.bound = bound;
  }

  private static int rank(String method) {
    return switch (method) {
      case "INVITE" -> 0;
      case "BYE" -> 1;
      default -> 2;
    };
  }

  void observe(SipMessage message, Sight sight) {
    var cseq = message.cseq();
    var method = message.isRequest() ? message.method() : cseq.method();
    int branch = Leg.branch(message);
    for (var leg : legs) {
      if (leg.isOf(method, cseq.number(), branch)) {
        leg.observe(message, sight);
        return;
      }
    }
    var leg = new Leg(message, method, cseq.number(), branch, new Clues());
    leg.observe(message, sight);
    legs.add(leg);
    if (legs.size() > bound + 1) {
      legs.sort(MOST_TELLING);
      int last = legs.size() - 1;
      legs.remove(isNewer(legs.get(last - 1), legs.get(last)) ? last : last - 1);
    }
  }

  private static boolean isNewer(Leg leg, Leg other) {
    return leg.first.time() > other.first.time();
  }

  List<Leg> all() {
    return legs;
  }

  public List<Leg> of(String method) {
    var ofMethod = new ArrayList<Leg>(legs.size());
    for (var leg : legs) {
      if (leg.method.equals(method)) {
        ofMethod.add(leg);
      }
    }
    return ofMethod;
  }
}
