package io.sipscope.protocol.legs;

import io.sipscope.protocol.legs.LegEdge.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Calls of one caller to one callee of which the second comes, moments later, from the host that
/// the first went to, and that go on at the same time.
///
/// Whoever calls again at once makes two such pairs: a leg then belongs to the nearest one, if that
/// is nearest by far and nobody else's; else to none.
final class ByProximity {
  private static final double SURE = 0.7;

  /// Where there were several to choose from.
  private static final double CHOSEN = 0.6;

  /// The next one must be so many times as far away, and a while more.
  private static final int TIMES = 3;

  private static final long MORE = 200_000_000L;

  private static final String INVITE = "INVITE";

  private final LegRules rules;
  private final Places places;

  private record Choice(LegFacts first, LegFacts second, boolean alone) {
    long distance() {
      return Math.abs(second.start() - first.start());
    }
  }

  ByProximity(LegRules rules) {
    this.rules = rules;
    places = new Places(rules);
  }

  List<LegEdge> among(List<LegFacts> all) {
    var choices = new HashMap<String, List<Choice>>();
    for (var second : all) {
      choice(second, all)
          .ifPresent(
              choice ->
                  choices
                      .computeIfAbsent(choice.first().key(), _ -> new ArrayList<>())
                      .add(choice));
    }
    return edges(all, choices);
  }

  /// The one leg that another follows from.
  private Optional<Choice> choice(LegFacts second, List<LegFacts> all) {
    var firsts = new ArrayList<LegFacts>();
    for (var first : all) {
      if (mayFollow(first, second)) {
        firsts.add(first);
      }
    }
    if (firsts.isEmpty()) {
      return Optional.empty();
    }
    firsts.sort(
        Comparator.comparingLong((LegFacts first) -> Math.abs(second.start() - first.start()))
            .thenComparing(LegFacts::key));
    var nearest = new Choice(firsts.getFirst(), second, firsts.size() == 1);
    if (firsts.size() > 1) {
      var next = new Choice(firsts.get(1), second, false);
      if (next.distance() < TIMES * nearest.distance() + MORE) {
        return Optional.empty();
      }
    }
    return Optional.of(nearest);
  }

  private boolean mayFollow(LegFacts first, LegFacts second) {
    long delay = second.start() - first.start();
    return !first.equals(second)
        && first.summary().method().equals(INVITE)
        && second.summary().method().equals(INVITE)
        && delay >= -LegEdges.SKEW
        && delay <= rules.proximity()
        && !first.caller().isEmpty()
        && !first.callee().isEmpty()
        && first.caller().equals(second.caller())
        && first.callee().equals(second.callee())
        && first.overlaps(second)
        && places.feeds(first, second)
        && !places.isSame(first.source(), first, second.source(), second);
  }

  /// A leg may have several that follow from it, one after the other or to several places; of two
  /// to one place at one time one must be another call's.
  private List<LegEdge> edges(List<LegFacts> all, Map<String, List<Choice>> choices) {
    var edges = new ArrayList<LegEdge>();
    for (var first : all) {
      var made = choices.getOrDefault(first.key(), List.of());
      for (var choice : made) {
        if (made.stream().noneMatch(other -> isRival(choice, other))) {
          edges.add(edge(choice));
        }
      }
    }
    return edges;
  }

  private boolean isRival(Choice one, Choice other) {
    if (one.equals(other) || !one.second().overlaps(other.second())) {
      return false;
    }
    boolean choosy = !one.alone() || !other.alone();
    return places.haveOneDestination(one.second(), other.second())
        && (choosy || other.distance() <= one.distance());
  }

  private LegEdge edge(Choice choice) {
    var first = choice.first();
    var second = choice.second();
    var sentence =
        "Both are from "
            + shown(first.summary().caller(), first.caller())
            + " to "
            + shown(first.summary().callee(), first.callee())
            + ", "
            + choice.distance() / 1_000_000
            + " ms apart, and the second comes from "
            + places.between(first, second)
            + ", where the first went (#"
            + first.firstSeq()
            + " and #"
            + second.firstSeq()
            + ").";
    double confidence = choice.alone() ? SURE : CHOSEN;
    return LegEdges.isFirst(first, second)
        ? LegEdge.of(
            first,
            second,
            Kind.PROXIMITY,
            confidence,
            sentence,
            first.firstSeq(),
            second.firstSeq())
        : LegEdge.of(
            second,
            first,
            Kind.PROXIMITY,
            confidence,
            sentence,
            second.firstSeq(),
            first.firstSeq());
  }

  private static String shown(String address, String party) {
    int at = address.lastIndexOf('@');
    var user = at < 0 ? address : address.substring(0, at);
    return user.equals(party) ? user : user + " (" + party + ")";
  }
}
