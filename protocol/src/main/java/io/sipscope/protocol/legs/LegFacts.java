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
  public static LegFacts of(
      String key, DialogSummary summary, Iterable<Rung> rungs, LegRules rules) {
    var reading = new Reading(rules);
    rungs.forEach(reading::add);
    return reading.facts(key, summary);
  }

  /// Takes messages in, one after the other. Mutable, as one question owns it; holds none of them.
  public static final class Reading {
    private final LegRules rules;
    private final Map<Link, SeenLink<Link>> links = new LinkedHashMap<>();
    private long firstTime = Long.MAX_VALUE;
    private long firstSeq;
    private long messages;

    public Reading(LegRules rules) {
      this.rules = rules;
    }

    public Reading add(Rung rung) {
      long time = rung.capture().time();
      messages++;
      if (time < firstTime || (time == firstTime && rung.seq() < firstSeq)) {
        firstTime = time;
        firstSeq = rung.seq();
      }
      for (var link : Links.of(rung.message(), rules.links())) {
        var seen = new SeenLink<>(link, rung.seq(), time, rung.capture().source());
        if (links.size() < MAX_LINKS || links.containsKey(link)) {
          links.merge(link, seen, SeenLink::earlier);
        }
      }
      return this;
    }

    /// How many there were.
    public long messages() {
      return messages;
    }

    public LegFacts facts(String key, DialogSummary summary) {
      return new LegFacts(
          key,
          summary,
          Party.of(summary.caller(), rules.numberDigits()),
          Party.of(summary.callee(), rules.numberDigits()),
          firstSeq,
          links.values().stream().sorted(SeenLink.ORDER).toList());
    }
  }

  public String key() {
    return key;
  }

  public DialogSummary summary() {
    return summary;
  }

  /// Where an INVITE may go that a REFER asked for, and when it asked.
  public record Asked(String target, long time) {}

  /// What was asked for; mostly nothing.
  public List<Asked> asked(LegRules rules) {
    return links(Link.Refer.class).stream()
        .map(seen -> new Asked(Party.of(seen.link().target(), rules.numberDigits()), seen.time()))
        .filter(asked -> !asked.target().isEmpty())
        .toList();
  }

  /// What dialogs that belong to this one may have among theirs: by what they are called.
  public Set<String> names(LegRules rules) {
    var names = links.stream().map(SeenLink::link).filter(link -> !isMedia(link)).toList();
    var tokens = new HashSet<>(LinkTokens.of(names));
    tokens.addAll(LinkTokens.naming(callId(), rules.links()));
    return tokens;
  }

  /// The same, by where media is wanted.
  public Set<String> media() {
    return LinkTokens.of(links.stream().map(SeenLink::link).filter(LegFacts::isMedia).toList());
  }

  private static boolean isMedia(Link link) {
    return link instanceof Link.Media;
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

  public String callId() {
    return summary.callId().isEmpty() ? key : summary.callId();
  }

  /// As it is compared: the last digits of a number; empty when it is nobody in particular.
  public String caller() {
    return caller;
  }

  /// The same of the callee.
  public String callee() {
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

  /// When it ended; without an end, when it counts as expired; nanoseconds since the epoch.
  public long end() {
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
