package io.sipscope.protocol.legs;

import io.sipscope.protocol.legs.LegEdge.Kind;
import io.sipscope.protocol.link.Link;
import java.util.Optional;

/// A call that was made because a REFER of another asked for it (RFC 3515): it goes where the REFER
/// said, soon after it, and says by whom it was referred (RFC 3892), or comes from the one who was
/// asked.
final class ByRefer {
  /// A phone may ask its user first.
  private static final long MAX_DELAY = 180_000_000_000L;

  /// Who does not say so calls at once.
  private static final long MAX_DELAY_UNSAID = 10_000_000_000L;

  private static final double SAID = 0.95;
  private static final double UNSAID = 0.7;

  private final LegRules rules;
  private final Places places;

  ByRefer(LegRules rules) {
    this.rules = rules;
    places = new Places(rules);
  }

  Optional<LegEdge> edge(LegFacts a, LegFacts b) {
    return referred(a, b).or(() -> referred(b, a));
  }

  private Optional<LegEdge> referred(LegFacts asking, LegFacts made) {
    for (var refer : asking.links(Link.Refer.class)) {
      long delay = made.start() - refer.time();
      if (delay < -LegEdges.SKEW || delay > MAX_DELAY) {
        continue;
      }
      var target = party(refer.link().target());
      for (var referred : made.links(Link.Referred.class)) {
        if (target.equals(party(referred.link().target()))
            && party(refer.link().by()).equals(party(referred.link().by()))) {
          return Optional.of(
              edge(
                  asking,
                  made,
                  SAID,
                  "#"
                      + referred.seq()
                      + " calls "
                      + referred.link().target()
                      + ", referred by "
                      + referred.link().by()
                      + ", as the REFER #"
                      + refer.seq()
                      + " of "
                      + asking.callId()
                      + " asked.",
                  refer.seq(),
                  referred.seq()));
        }
      }
      if (delay <= MAX_DELAY_UNSAID && isUnsaid(asking, made, target)) {
        return Optional.of(
            edge(
                asking,
                made,
                UNSAID,
                "#"
                    + made.firstSeq()
                    + " calls "
                    + refer.link().target()
                    + ", as the REFER #"
                    + refer.seq()
                    + " of "
                    + asking.callId()
                    + " asked, "
                    + Math.max(0, delay / 1_000_000)
                    + " ms after it.",
                refer.seq(),
                made.firstSeq()));
      }
    }
    return Optional.empty();
  }

  private boolean isUnsaid(LegFacts asking, LegFacts made, String target) {
    return made.links(Link.Referred.class).isEmpty()
        && !target.isEmpty()
        && target.equals(made.callee())
        && !made.caller().isEmpty()
        && (made.caller().equals(asking.caller()) || made.caller().equals(asking.callee()))
        && (places.areAdjacent(asking, made)
            || places.isSame(asking.source(), asking, made.source(), made));
  }

  private String party(String user) {
    return Party.of(user, rules.numberDigits());
  }

  private static LegEdge edge(
      LegFacts one, LegFacts other, double confidence, String sentence, long ofOne, long ofOther) {
    return LegEdges.isFirst(one, other)
        ? LegEdge.of(one, other, Kind.REFER, confidence, sentence, ofOne, ofOther)
        : LegEdge.of(other, one, Kind.REFER, confidence, sentence, ofOther, ofOne);
  }
}
