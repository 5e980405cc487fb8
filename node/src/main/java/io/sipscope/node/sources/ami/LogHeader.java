package io.sipscope.node.sources.ami;

import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The line that Asterisk logs before a SIP message: which way it went, and how long it is.
///
/// | channel driver | line |
/// | --- | --- |
/// | chan_pjsip | `<--- Received SIP request (812 bytes) from UDP:192.0.2.10:5060 --->` |
/// | | `<--- Transmitting SIP response (475 bytes) to UDP:192.0.2.10:5060 --->` |
/// | chan_sip | `<--- SIP read from UDP:192.0.2.10:5060 --->` |
/// | | `<--- Reliably Transmitting (no NAT) to 192.0.2.10:5060 --->` |
/// | | `Retransmitting #1 (NAT) to 192.0.2.10:5060:` |
///
/// @param outbound Asterisk sent it
/// @param bytes of the message, or [#UNKNOWN]
/// @param transport empty where the line doesn't say
/// @param peer the other side; empty where the line has no IP address of it
record LogHeader(
    boolean outbound, int bytes, Optional<Transport> transport, Optional<Endpoint> peer) {
  static final int UNKNOWN = -1;

  /// Of what carries no header at all.
  static LogHeader none(boolean outbound) {
    return new LogHeader(outbound, UNKNOWN, Optional.empty(), Optional.empty());
  }

  private static final Pattern PJSIP =
      Pattern.compile(
          "<--- (\\w+) SIP (?:request|response) \\((\\d{1,9}) bytes\\) (?:from|to)"
              + " (\\w{1,8}):(\\S{1,280}) --->");

  private static final Pattern CHAN_SIP_READ =
      Pattern.compile("<--- SIP read from (\\w{1,8}):(\\S{1,280}) --->");

  private static final Pattern CHAN_SIP_SENT =
      Pattern.compile(
          "(?i)\\b(?:re)?transmitting(?: #\\d{1,9})? \\((?:no )?NAT\\) to (\\S{1,280}?):?(?:"
              + " --->)?$");

  /// What a line says, wherever in the line it does: log lines begin with a time and a file name.
  static Optional<LogHeader> in(String line) {
    var pjsip = PJSIP.matcher(line);
    if (pjsip.find()) {
      return Optional.of(
          new LogHeader(
              !pjsip.group(1).equalsIgnoreCase("received"),
              Integer.parseInt(pjsip.group(2)),
              transport(pjsip.group(3)),
              Endpoint.parse(pjsip.group(4))));
    }
    var read = CHAN_SIP_READ.matcher(line);
    if (read.find()) {
      return Optional.of(
          new LogHeader(false, UNKNOWN, transport(read.group(1)), Endpoint.parse(read.group(2))));
    }
    var sent = CHAN_SIP_SENT.matcher(line);
    if (sent.find()) {
      return Optional.of(
          new LogHeader(true, UNKNOWN, Optional.empty(), Endpoint.parse(sent.group(1))));
    }
    return Optional.empty();
  }

  /// PJSIP names transports over IPv6 `UDP6`, `TCP6`, `TLS6`.
  static Optional<Transport> transport(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "UDP", "UDP6" -> Optional.of(Transport.UDP);
      case "TCP", "TCP6" -> Optional.of(Transport.TCP);
      case "TLS", "TLS6" -> Optional.of(Transport.TLS);
      case "SCTP" -> Optional.of(Transport.SCTP);
      case "WS" -> Optional.of(Transport.WS);
      case "WSS" -> Optional.of(Transport.WSS);
      default -> Optional.empty();
    };
  }
}
