package io.sipscope.protocol.relay;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.net.Endpoint;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// A message behind a line or two of the log it was taken from, as Asterisk's PJSIP logger has
/// them:
///
/// ```text
/// <--- Received SIP request (812 bytes) from UDP:192.0.2.10:5060 --->
/// ```
///
/// @param said what those lines say of the other side
record LoggedText(Bytes sip, Surroundings said) {
  /// Lines before the message, blank ones included, and their length.
  private static final int MOST_LINES = 4;

  private static final int LONGEST_LINE = 256;

  private static final Pattern PEER =
      Pattern.compile("\\b(from|to) (?:(UDP|TCP|TLS|WS|WSS):)?(\\[?[0-9a-fA-F.:]+]?:\\d{1,5})\\b");

  static Optional<LoggedText> find(Bytes text) {
    int at = 0;
    for (int line = 0; line < MOST_LINES; line++) {
      int end = text.indexOf((byte) '\n', at);
      if (end < 0 || end - at > LONGEST_LINE) {
        return Optional.empty();
      }
      at = end + 1;
      if (SipText.isSip(text.from(at)) && !isBlank(text.at(at))) {
        return Optional.of(new LoggedText(text.from(at), said(text.latin1(0, at))));
      }
    }
    return Optional.empty();
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  private static Surroundings said(String lines) {
    var peer = PEER.matcher(lines);
    if (!peer.find()) {
      return Surroundings.NONE;
    }
    var endpoint = Endpoint.parse(peer.group(3));
    boolean received = peer.group(1).equals("from");
    return new Surroundings(
        OptionalLong.empty(),
        Optional.ofNullable(peer.group(2)).flatMap(Written::transport),
        received ? endpoint : Optional.empty(),
        received ? Optional.empty() : endpoint,
        Agent.NONE,
        "",
        "");
  }

  /// The message as what is said around it has it, and else as its log has it.
  Relayed within(Surroundings around) {
    return around.or(said).around(sip, false);
  }
}
