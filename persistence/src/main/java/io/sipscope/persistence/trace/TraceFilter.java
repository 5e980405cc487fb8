package io.sipscope.persistence.trace;

import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.sip.NameAddr;
import io.sipscope.protocol.sip.SipMessage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a dynamic trace is narrowed by: exactly, in the same case, no wildcards.
///
/// @param value as it was given
public record TraceFilter(Kind kind, String value) {
  /// Filters are kept with the trace, and listed.
  private static final int LONGEST = 255;

  public enum Kind {
    /// The user of the From URI, or `user@host`.
    CALLER,
    /// Likewise of the request's URI.
    CALLEE,
    /// Where the packet came from.
    IP;

    /// `caller`, as it is written and listed.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Reads `caller=V`, `callee=V` or `ip=V`, the word in any case; empty for anything else, for no
  /// value and for an `ip` that is none.
  public static Optional<TraceFilter> of(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? Optional.empty()
        : of(text.substring(0, equals), text.substring(equals + 1));
  }

  public static Optional<TraceFilter> of(String kind, String value) {
    if (value.isEmpty() || value.length() > LONGEST) {
      return Optional.empty();
    }
    return Arrays.stream(Kind.values())
        .filter(known -> known.text().equalsIgnoreCase(kind))
        .findFirst()
        .filter(known -> known != Kind.IP || IpAddress.parse(value).isPresent())
        .map(known -> new TraceFilter(known, value));
  }

  boolean fits(SipMessage message, Capture capture) {
    return switch (kind) {
      case CALLER -> TraceRule.isUser(value, message.from());
      case CALLEE -> TraceRule.isUser(value, NameAddr.of(message.requestUri()));
      case IP -> IpAddress.parse(value).equals(Optional.of(capture.source().address()));
    };
  }
}
