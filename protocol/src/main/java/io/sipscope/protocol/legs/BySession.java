package io.sipscope.protocol.legs;

import io.sipscope.protocol.legs.LegEdge.Kind;
import io.sipscope.protocol.link.Link;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Dialogs that carry the same Session-ID (RFC 7989): each side of a session has a UUID, which all
/// legs carry, whichever side sends. A leg may know one side only; that of a conference or of a
/// transferred call has one in common with legs whose other side is another.
final class BySession {
  /// A UUID that more legs share with ever other partners is a constant of some device.
  private static final int MAX_SHARING = 8;

  private static final double BOTH = 0.99;
  private static final double ONE_KNOWN = 0.97;
  private static final double OTHER_DIFFERS = 0.8;

  private final List<LegFacts> all;

  BySession(List<LegFacts> all) {
    this.all = all;
  }

  private record Shared(String uuid, long seqA, long seqB) {}

  Optional<LegEdge> edge(LegFacts a, LegFacts b) {
    if (!a.meets(b, LegEdges.SLACK)) {
      return Optional.empty();
    }
    var shared = shared(a, b);
    if (shared.isEmpty()) {
      return Optional.empty();
    }
    var first = shared.getFirst();
    if (isPairOfBoth(a, b)) {
      return Optional.of(
          edge(a, b, first, BOTH, "have one Session-ID, both sides of it the same: "));
    }
    if (!differ(partners(a, first.uuid()), partners(b, first.uuid()))) {
      return Optional.of(edge(a, b, first, ONE_KNOWN, "have one Session-ID: "));
    }
    return sharing(first.uuid()) > MAX_SHARING
        ? Optional.empty()
        : Optional.of(
            edge(a, b, first, OTHER_DIFFERS, "have one side of a Session-ID in common: "));
  }

  private static LegEdge edge(
      LegFacts a, LegFacts b, Shared shared, double confidence, String what) {
    return LegEdge.of(
        a,
        b,
        Kind.SESSION_ID,
        confidence,
        "Both "
            + what
            + shared.uuid()
            + " (#"
            + shared.seqA()
            + " of the first leg, #"
            + shared.seqB()
            + " of the other).",
        shared.seqA(),
        shared.seqB());
  }

  private static List<Shared> shared(LegFacts a, LegFacts b) {
    var shared = new ArrayList<Shared>();
    var seen = new HashSet<String>();
    for (var ofA : a.links(Link.Session.class)) {
      for (var uuid : uuids(ofA.link())) {
        if (seen.add(uuid)) {
          for (var ofB : b.links(Link.Session.class)) {
            if (uuids(ofB.link()).contains(uuid)) {
              shared.add(new Shared(uuid, ofA.seq(), ofB.seq()));
              break;
            }
          }
        }
      }
    }
    return shared;
  }

  private static Set<String> uuids(Link.Session session) {
    var uuids = new LinkedHashSet<>(List.of(session.local(), session.remote()));
    uuids.remove("");
    return uuids;
  }

  /// Whether some message of each names the same two sides.
  private static boolean isPairOfBoth(LegFacts a, LegFacts b) {
    var pairs = new HashSet<Set<String>>();
    for (var seen : a.links(Link.Session.class)) {
      pairs.add(uuids(seen.link()));
    }
    for (var seen : b.links(Link.Session.class)) {
      var pair = uuids(seen.link());
      if (pair.size() == 2 && pairs.contains(pair)) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> partners(LegFacts leg, String uuid) {
    var partners = new HashSet<String>();
    for (var seen : leg.links(Link.Session.class)) {
      var uuids = uuids(seen.link());
      if (uuids.remove(uuid)) {
        partners.addAll(uuids);
      }
    }
    return partners;
  }

  private static boolean differ(Set<String> some, Set<String> others) {
    return !some.isEmpty() && !others.isEmpty() && some.stream().noneMatch(others::contains);
  }

  private long sharing(String uuid) {
    return all.stream()
        .filter(
            leg ->
                leg.links(Link.Session.class).stream()
                    .anyMatch(seen -> uuids(seen.link()).contains(uuid)))
        .count();
  }
}
