package io.sipscope.protocol.legs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds what joins dialogs to one call, by every kind of evidence. The answer is the same in
/// whatever order they are given.
public final class LegEdges {
  /// How far the clocks of two capture agents may be apart, nanoseconds.
  static final long SKEW = 100_000_000L;

  /// How long after the end of one leg another may begin that has its name: 64*T1 (RFC 3261
  /// §17.1.1.2), after which nobody waits for the first any more.
  static final long SLACK = 32_000_000_000L;

  private static final Comparator<LegFacts> FIRST =
      Comparator.comparingLong(LegFacts::start).thenComparing(LegFacts::key);

  private static final Comparator<LegEdge> SUREST =
      Comparator.comparingDouble(LegEdge::confidence)
          .reversed()
          .thenComparing(LegEdge::a)
          .thenComparing(LegEdge::b)
          .thenComparing(LegEdge::kind)
          .thenComparing(LegEdge::evidence);

  private LegEdges() {}

  /// The edges among some dialogs, the surest first; of one kind between two the surest one.
  public static List<LegEdge> among(List<LegFacts> some, LegRules rules) {
    var all = new ArrayList<>(LegFacts.byKey(some).values());
    all.sort(FIRST);
    var sessions = new BySession(all);
    var references = new ByReference(all);
    var refers = new ByRefer(rules);
    var media = new ByMedia(all, rules);
    var found = new ArrayList<LegEdge>();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        var a = all.get(i);
        var b = all.get(j);
        sessions.edge(a, b).ifPresent(found::add);
        found.addAll(references.edges(a, b));
        refers.edge(a, b).ifPresent(found::add);
        media.edge(a, b).ifPresent(found::add);
      }
    }
    found.addAll(new ByProximity(rules).among(all));
    found.sort(SUREST);
    return surest(found);
  }

  static boolean isFirst(LegFacts one, LegFacts other) {
    return FIRST.compare(one, other) <= 0;
  }

  private static List<LegEdge> surest(List<LegEdge> sorted) {
    var kept = new ArrayList<LegEdge>();
    for (var edge : sorted) {
      if (kept.stream().noneMatch(k -> k.kind() == edge.kind() && k.joins(edge.a(), edge.b()))) {
        kept.add(edge);
      }
    }
    return List.copyOf(kept);
  }
}
