package io.sipscope.protocol.dialog;

import io.sipscope.protocol.sip.SipMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The transactions of a dialog that may decide how it went: the earliest, INVITEs before others.
/// What follows changes no phase, so a bound costs nothing.
final class Legs {
  /// A forked call through a few proxies with two challenges needs a dozen.
  static final int MAX_LEGS = 32;

  private static final Comparator<Leg> MOST_TELLING =
      Comparator.<Leg, Boolean>comparing(leg -> !leg.method.equals("INVITE"))
          .thenComparingLong(leg -> leg.first.time())
          .thenComparingLong(leg -> leg.cseq);

  private final List<Leg> legs = new ArrayList<>(2);

  void observe(SipMessage message, Moment moment) {
    for (var leg : legs) {
      if (leg.isOf(message)) {
        leg.observe(message, moment);
        return;
      }
    }
    var leg = new Leg(message);
    leg.observe(message, moment);
    if (legs.size() == MAX_LEGS) {
      var least = legs.stream().max(MOST_TELLING).orElse(leg);
      if (MOST_TELLING.compare(leg, least) >= 0) {
        return;
      }
      legs.remove(least);
    }
    legs.add(leg);
  }

  List<Leg> of(String method) {
    var ofMethod = new ArrayList<Leg>(legs.size());
    for (var leg : legs) {
      if (leg.method.equals(method)) {
        ofMethod.add(leg);
      }
    }
    return ofMethod;
  }
}
