package io.sipscope.protocol.legs;

import io.sipscope.protocol.dialog.DialogSummary;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.link.Link;
import io.sipscope.protocol.link.LinkTokens;
import io.sipscope.protocol.link.Links;
import io.sipscope.protocol.net.Endpoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What of one dialog tells whether it is a leg of the same call as another.
public final class LegFacts {
  /// Links that are compared; what repeats counts once.
  static final int MAX_LINKS = 64;

  private final String key;
  private final DialogSummary summary;
  private final String caller;
  private final String callee;
  private final long firstSeq;
  private final List<SeenLink<Link>> links;

  private LegFacts(
      String key,
      DialogSummary summary,
      String caller,
      String callee,
      long firstSeq,
      List<SeenLink<Link>> links) {
    this.key = key;
    this.summary = summary;
    this.caller = caller;
    this.callee = callee;
    this.firstSeq = firstSeq;
    this.links = links;
  }

  /// @param rungs the dialog's messages in whatever order
  public static LegFacts of(String key, DialogSummary summary, List<Rung> rungs, LegRules rules) {
    var ordered = new ArrayList<>(rungs);
    ordered.sort(
        (a, b) ->
            a.capture().time() == b.capture().time()
                ? Long.compare(a.seq(), b.seq())
                : Long.compare(a.capture().time(), b.capture().time()));
    var links = new LinkedHashMap<Link, SeenLink<Link>>();
    for (var rung : ordered) {
      for (var link : Links.of(rung.message(), rules.links())) {
        if (links.size() < MAX_LINKS) {
          links.putIfAbsent(
              link,
              new SeenLink<>(link, rung.seq(), rung.capture().time(), rung.capture().source()));
        }
      }
    }
    return new LegFacts(
        key,
        summary,
        Party.of(summary.caller(), rules.numberDigits()),
        Party.of(summary.callee(), rules.numberDigits()),
        ordered.isEmpty() ? 0 : ordered.getFirst().seq(),
        List.copyOf(links.values()));
  }

  public String key() {
    return key;
  }

  public DialogSummary summary() {
    return summary;
  }

  /// What dialogs that belong to this one may have among theirs.
  public Set<String> tokens(LegRules rules) {
    var tokens = new HashSet<>(LinkTokens.of(links.stream().map(SeenLink::link).toList()));
    tokens.addAll(LinkTokens.naming(callId(), rules.links()));
    return tokens;
  }

  /// Call-IDs that its messages name: of dialogs that need not know of this one.
  public Set<String> named() {
    var named = new HashSet<String>();
    for (var seen : links) {
      if (seen.link() instanceof Link.Reference(_, var callId, _, _)) {
        named.add(callId);
      }
    }
    return named;
  }

  String callId() {
    return summary.callId().isEmpty() ? key : summary.callId();
  }

  String caller() {
    return caller;
  }

  String callee() {
    return callee;
  }

  /// The number of its first message.
  long firstSeq() {
    return firstSeq;
  }

  long start() {
    return summary.startedAt();
  }

  /// When it was last known to go on.
  long lastHeard() {
    return Math.max(start(), summary.endedAt().orElse(summary.updatedAt()));
  }

  /// When it ended; without an end, when it counts as expired.
  long end() {
    return Math.max(
        start(), summary.endedAt().orElse(summary.expiresAt().orElse(summary.updatedAt())));
  }

  boolean isTag(String tag) {
    return summary.fromTag().equals(tag) || summary.toTags().contains(tag);
  }

  Endpoint source() {
    return summary.source();
  }

  <L extends Link> List<SeenLink<L>> links(Class<L> kind) {
    var found = new ArrayList<SeenLink<L>>();
    for (var seen : links) {
      if (kind.isInstance(seen.link())) {
        found.add(new SeenLink<>(kind.cast(seen.link()), seen.seq(), seen.time(), seen.sender()));
      }
    }
    return found;
  }

  /// Whether both were going on at some time, or one began no longer than a while after the other.
  boolean meets(LegFacts other, long slack) {
    return start() - slack <= other.end() && other.start() - slack <= end();
  }

  /// Whether messages of both were seen while the other was known to go on.
  boolean overlaps(LegFacts other) {
    return start() <= other.lastHeard() && other.start() <= lastHeard();
  }

  /// By key: the text of a Call-ID may be that of two.
  static Map<String, LegFacts> byKey(List<LegFacts> all) {
    var byKey = new LinkedHashMap<String, LegFacts>();
    all.forEach(one -> byKey.put(one.key(), one));
    return byKey;
  }
}
