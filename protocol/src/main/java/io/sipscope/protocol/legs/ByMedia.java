package io.sipscope.protocol.legs;

import io.sipscope.protocol.legs.LegEdge.Kind;
import io.sipscope.protocol.link.Link;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Dialogs that go on at the same time and in which media is wanted at the same address and port: a
/// B2BUA that does not touch the media hands the offer of one leg on to the other, and the answer
/// back.
///
/// The same address and port says nothing where one sender uses it in several calls at once (a
/// load generator), where it is handed to one call after the other (a relay), and where private
/// addresses meet that many networks have.
final class ByMedia {
  private static final double STRONG = 0.95;
  private static final double PUBLIC = 0.85;
  private static final double PRIVATE = 0.75;

  /// Session ids are made to be unique (RFC 8866 §5.2); those of few digits are constants.
  private static final int LEAST_SESSION_ID = 6;

  private final LegRules rules;
  private final Places places;
  private final Map<String, List<Carrier>> carriers = new HashMap<>();

  private record Carrier(LegFacts leg, SeenLink<Link.Media> seen) {}

  private record Match(Carrier ofA, Carrier ofB, double confidence) {}

  ByMedia(List<LegFacts> all, LegRules rules) {
    this.rules = rules;
    places = new Places(rules);
    for (var leg : all) {
      for (var seen : leg.links(Link.Media.class)) {
        carriers
            .computeIfAbsent(seen.link().endpoint(), _ -> new ArrayList<>())
            .add(new Carrier(leg, seen));
      }
    }
  }

  Optional<LegEdge> edge(LegFacts a, LegFacts b) {
    if (!a.overlaps(b)) {
      return Optional.empty();
    }
    var matches = matches(a, b);
    if (matches.isEmpty()) {
      return Optional.empty();
    }
    var endpoints = new ArrayList<String>();
    var messages = new ArrayList<LegEdge.At>();
    var numbers = new ArrayList<String>();
    double confidence = 0;
    for (var match : matches) {
      endpoints.add(match.ofA().seen().link().endpoint());
      numbers.add("#" + match.ofA().seen().seq() + " and #" + match.ofB().seen().seq());
      messages.add(new LegEdge.At(a.key(), match.ofA().seen().seq()));
      messages.add(new LegEdge.At(b.key(), match.ofB().seen().seq()));
      confidence = Math.max(confidence, match.confidence());
    }
    return Optional.of(
        new LegEdge(
            a.key(),
            b.key(),
            Kind.MEDIA,
            "Both want media at "
                + String.join(" and ", endpoints)
                + " at the same time ("
                + String.join(", ", numbers)
                + ").",
            matches.size() > 1 ? Math.max(confidence, STRONG) : confidence,
            messages));
  }

  /// One an endpoint, at most one of the offer and one of the answer.
  private List<Match> matches(LegFacts a, LegFacts b) {
    var matches = new ArrayList<Match>(2);
    for (var ofA : a.links(Link.Media.class)) {
      var one = new Carrier(a, ofA);
      for (var other : carriers.getOrDefault(ofA.link().endpoint(), List.of())) {
        if (other.leg() == b && matches.size() < 2 && isNew(one, matches)) {
          match(one, other).ifPresent(matches::add);
        }
      }
    }
    return matches;
  }

  private static boolean isNew(Carrier one, List<Match> matches) {
    var endpoint = one.seen().link().endpoint();
    return matches.stream().noneMatch(m -> m.ofA().seen().link().endpoint().equals(endpoint));
  }

  private Optional<Match> match(Carrier one, Carrier other) {
    if (hasOneSender(one, other)
        || Math.abs(one.seen().time() - other.seen().time()) > rules.window()
        || isAmbiguous(one, other)) {
      return Optional.empty();
    }
    boolean described = isOneDescription(one, other);
    if (isPublic(one.seen().link())) {
      return Optional.of(new Match(one, other, described ? STRONG : PUBLIC));
    }
    if (!places.areAdjacent(one.leg(), other.leg())) {
      return Optional.empty();
    }
    return described
        ? Optional.of(new Match(one, other, STRONG))
        : hasPartyInCommon(one.leg(), other.leg())
            ? Optional.of(new Match(one, other, PRIVATE))
            : Optional.empty();
  }

  /// One sender that names one endpoint in two dialogs makes two calls.
  private boolean hasOneSender(Carrier one, Carrier other) {
    return places.isSame(one.seen().sender(), one.leg(), other.seen().sender(), other.leg());
  }

  /// Whether whoever named the endpoint first does so in another dialog that goes on meanwhile.
  private boolean isAmbiguous(Carrier one, Carrier other) {
    var first = one.seen().time() <= other.seen().time() ? one : other;
    var second = first.equals(one) ? other : one;
    for (var third : carriers.getOrDefault(one.seen().link().endpoint(), List.of())) {
      if (third.leg() != one.leg()
          && third.leg() != other.leg()
          && hasOneSender(third, first)
          && third.leg().overlaps(second.leg())
          && !(isOneDescription(one, other) && !isOneDescription(third, second))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOneDescription(Carrier one, Carrier other) {
    var origin = one.seen().link().origin();
    var words = origin.split(" ", 3);
    return origin.equals(other.seen().link().origin())
        && words.length == 3
        && words[1].length() >= LEAST_SESSION_ID;
  }

  private static boolean hasPartyInCommon(LegFacts a, LegFacts b) {
    return (!a.caller().isEmpty() && a.caller().equals(b.caller()))
        || (!a.callee().isEmpty() && a.callee().equals(b.callee()));
  }

  private static boolean isPublic(Link.Media media) {
    var endpoint = media.endpoint();
    int colon = endpoint.lastIndexOf(':');
    return Endpoint.parse(endpoint)
        .map(Endpoint::address)
        .or(() -> IpAddress.parse(endpoint.substring(0, colon)))
        .map(address -> !isPrivate(address))
        .orElse(false);
  }

  /// Addresses that are used in many networks: RFC 1918, 6598, 3927, 1122, 4193, 4291.
  private static boolean isPrivate(IpAddress address) {
    if (address.v6()) {
      int top = (int) (address.high() >>> 48);
      return (top & 0xfe00) == 0xfc00 || (top & 0xffc0) == 0xfe80 || address.high() == 0;
    }
    long v4 = address.low();
    return v4 >>> 24 == 10
        || v4 >>> 20 == 0xac1
        || v4 >>> 16 == 0xc0a8
        || v4 >>> 22 == 0x64_40_00_00L >>> 22
        || v4 >>> 16 == 0xa9fe
        || v4 >>> 24 == 127;
  }
}
