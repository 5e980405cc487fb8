package io.sipscope.protocol.legs;

import io.sipscope.protocol.legs.LegEdge.Kind;
import io.sipscope.protocol.link.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Dialogs of which one names the other by its Call-ID, in a header or by its own Call-ID with
/// something behind it, and dialogs that carry the same value in such a header.
final class ByReference {
  /// A value that more legs have in common is a constant, and says nothing.
  private static final int MAX_SHARING = 8;

  /// A shorter value that is no Call-ID may be anything: a trunk, a tenant.
  private static final int LEAST_LENGTH = 8;

  private static final double NAMED = 0.98;
  private static final double NAMED_AT_ANOTHER_TIME = 0.9;
  private static final double NAMED_WITH_TAGS = 0.99;
  private static final double OTHER_TAGS = 0.6;
  private static final double SUFFIX = 0.95;
  private static final double COMMON = 0.9;

  private final Map<String, Integer> sharing = new HashMap<>();

  ByReference(List<LegFacts> all) {
    for (var leg : all) {
      leg.named().forEach(value -> sharing.merge(value, 1, Integer::sum));
    }
  }

  List<LegEdge> edges(LegFacts a, LegFacts b) {
    var edges = new ArrayList<LegEdge>(2);
    named(a, b, edges);
    named(b, a, edges);
    common(a, b, edges);
    return edges;
  }

  /// What of the one names the other.
  private static void named(LegFacts one, LegFacts other, List<LegEdge> edges) {
    for (var seen : one.links(Link.Reference.class)) {
      var link = seen.link();
      if (!link.callId().equals(other.callId()) || link.callId().equals(one.callId())) {
        continue;
      }
      boolean meets = one.meets(other, LegEdges.SLACK);
      if (link.header().equals("call-id") && !meets) {
        continue;
      }
      var first = LegEdges.isFirst(one, other) ? one : other;
      edges.add(
          new LegEdge(
              first.key(),
              (first.equals(one) ? other : one).key(),
              kind(link.header()),
              sentence(one, other, seen),
              confidence(link, other, meets),
              List.of(new LegEdge.At(one.key(), seen.seq()))));
    }
  }

  private static double confidence(Link.Reference link, LegFacts other, boolean meets) {
    if (link.header().equals("call-id")) {
      return SUFFIX;
    }
    boolean tagged = !link.toTag().isEmpty() && !link.fromTag().isEmpty();
    if (tagged) {
      boolean right = other.isTag(link.toTag()) && other.isTag(link.fromTag());
      return right ? NAMED_WITH_TAGS : OTHER_TAGS;
    }
    return meets ? NAMED : NAMED_AT_ANOTHER_TIME;
  }

  private static String sentence(LegFacts one, LegFacts other, SeenLink<Link.Reference> seen) {
    var link = seen.link();
    var number = "#" + seen.seq();
    return switch (link.header()) {
      case "call-id" ->
          "The Call-ID "
              + one.callId()
              + " is "
              + other.callId()
              + " and a suffix ("
              + number
              + ").";
      case "refer-to" ->
          "The REFER "
              + number
              + " of "
              + one.callId()
              + " asks to replace "
              + other.callId()
              + ".";
      case "replaces" -> number + " of " + one.callId() + " replaces " + other.callId() + ".";
      case "join" -> number + " of " + one.callId() + " joins " + other.callId() + ".";
      case String header ->
          "The " + shown(header) + " of " + number + " names " + other.callId() + ".";
    };
  }

  private void common(LegFacts a, LegFacts b, List<LegEdge> edges) {
    if (!a.meets(b, LegEdges.SLACK)) {
      return;
    }
    for (var ofA : a.links(Link.Reference.class)) {
      var value = ofA.link().callId();
      if (value.equals(a.callId()) || value.equals(b.callId()) || !isTelling(ofA.link())) {
        continue;
      }
      for (var ofB : b.links(Link.Reference.class)) {
        if (ofB.link().callId().equals(value) && !isOfDialog(ofA.link(), ofB.link())) {
          edges.add(
              LegEdge.of(
                  a,
                  b,
                  kind(ofA.link().header(), ofB.link().header()),
                  COMMON,
                  common(ofA.link(), ofB.link(), ofA.seq(), ofB.seq()),
                  ofA.seq(),
                  ofB.seq()));
          return;
        }
      }
    }
  }

  /// Two that reply to one call are two calls.
  private static boolean isOfDialog(Link.Reference one, Link.Reference other) {
    return one.header().equals("in-reply-to") || other.header().equals("in-reply-to");
  }

  /// With tags it is a dialog, however short.
  private boolean isTelling(Link.Reference link) {
    var value = link.callId();
    boolean identifies = !link.toTag().isEmpty() || value.length() >= LEAST_LENGTH;
    return identifies && sharing.getOrDefault(value, 0) <= MAX_SHARING;
  }

  private static String common(Link.Reference one, Link.Reference other, long seqA, long seqB) {
    var headers =
        one.header().equals(other.header())
            ? shown(one.header())
            : shown(one.header()) + " and " + shown(other.header());
    return "Both name "
        + one.callId()
        + " ("
        + headers
        + ": #"
        + seqA
        + " of the first leg, #"
        + seqB
        + " of the other).";
  }

  private static Kind kind(String one, String other) {
    var first = kind(one);
    return first == Kind.HEADER || first == Kind.X_CALL_ID ? first : kind(other);
  }

  private static Kind kind(String header) {
    return switch (header) {
      case "x-call-id", "x-cid" -> Kind.X_CALL_ID;
      case "replaces" -> Kind.REPLACES;
      case "refer-to", "target-dialog" -> Kind.REFER;
      default -> Kind.HEADER;
    };
  }

  /// As it is mostly written: `X-Call-ID`.
  private static String shown(String header) {
    var text = new StringBuilder(header.length());
    for (var word : header.split("-", -1)) {
      text.append(text.isEmpty() ? "" : "-");
      if (word.equals("id") || word.equals("cid")) {
        text.append(word.equals("id") ? "ID" : "CID");
      } else if (!word.isEmpty()) {
        text.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
    }
    return text.toString();
  }
}
