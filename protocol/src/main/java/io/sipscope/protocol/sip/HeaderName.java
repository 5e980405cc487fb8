package io.sipscope.protocol.sip;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Header names in lower case: their compact forms and which of them hold comma-separated lists
/// (the IANA registry of SIP header fields).
final class HeaderName {
  private static final Map<String, String> COMPACT_BY_LONG =
      Map.ofEntries(
          entry("accept-contact", "a"),
          entry("allow-events", "u"),
          entry("call-id", "i"),
          entry("contact", "m"),
          entry("content-encoding", "e"),
          entry("content-length", "l"),
          entry("content-type", "c"),
          entry("from", "f"),
          entry("event", "o"),
          entry("identity", "y"),
          entry("identity-info", "n"),
          entry("refer-to", "r"),
          entry("referred-by", "b"),
          entry("reject-contact", "j"),
          entry("request-disposition", "d"),
          entry("session-expires", "x"),
          entry("subject", "s"),
          entry("supported", "k"),
          entry("to", "t"),
          entry("via", "v"));

  private static final Set<String> LISTS =
      Set.of(
          "accept",
          "accept-contact",
          "accept-encoding",
          "accept-language",
          "accept-resource-priority",
          "alert-info",
          "allow",
          "allow-events",
          "call-info",
          "contact",
          "content-encoding",
          "content-language",
          "diversion",
          "error-info",
          "feature-caps",
          "geolocation",
          "history-info",
          "in-reply-to",
          "p-access-network-info",
          "p-asserted-identity",
          "p-associated-uri",
          "p-early-media",
          "p-media-authorization",
          "p-preferred-identity",
          "p-visited-network-id",
          "path",
          "permission-missing",
          "proxy-require",
          "reason",
          "record-route",
          "recv-info",
          "reject-contact",
          "remote-party-id",
          "request-disposition",
          "require",
          "resource-priority",
          "route",
          "security-client",
          "security-server",
          "security-verify",
          "service-route",
          "supported",
          "trigger-consent",
          "unsupported",
          "user-to-user",
          "via",
          "warning");

  static final HeaderName VIA = of("via");

  private final String lowerCase;
  private final String compact;

  private HeaderName(String lowerCase, String compact) {
    this.lowerCase = lowerCase;
    this.compact = compact;
  }

  /// The name, long or compact, whatever its case.
  static HeaderName of(String name) {
    var lowerCase = name.toLowerCase(Locale.ROOT);
    if (lowerCase.length() == 1) {
      for (var entry : COMPACT_BY_LONG.entrySet()) {
        if (entry.getValue().equals(lowerCase)) {
          return new HeaderName(entry.getKey(), lowerCase);
        }
      }
    }
    return new HeaderName(lowerCase, COMPACT_BY_LONG.getOrDefault(lowerCase, lowerCase));
  }

  String lowerCase() {
    return lowerCase;
  }

  /// Whether one of its forms is so long.
  boolean hasLength(int length) {
    return lowerCase.length() == length || compact.length() == length;
  }

  boolean isList() {
    return LISTS.contains(lowerCase);
  }

  boolean matches(byte[] array, int start, int end) {
    return Span.isIgnoringCase(array, start, end, lowerCase)
        || Span.isIgnoringCase(array, start, end, compact);
  }
}
