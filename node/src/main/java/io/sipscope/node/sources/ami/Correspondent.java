package io.sipscope.node.sources.ami;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.net.Transport;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whom a logged message came from or went to, where the log doesn't say: as far as the message
/// itself tells, by its topmost Via (RFC 3261 §18.2), its Request-URI or its Contact.
final class Correspondent {
  private static final int SIP_PORT = 5060;
  private static final int SIPS_PORT = 5061;

  /// Headers are at the beginning; no more is looked at.
  private static final int MOST = 1 << 14;

  private static final String HOST = "(\\[[0-9a-fA-F:.]{2,45}\\]|[0-9.]{7,15})(?::(\\d{1,5}))?";
  private static final Pattern VIA =
      Pattern.compile(
          "(?im)^(?:via|v)[ \\t]*:[ \\t]*SIP/2\\.0/(\\w{2,8})[ \\t]+([^\\s;,]{1,255})([^\\r"
              + "\\n"
              + ",]{0,1000})");
  private static final Pattern SENT_BY = Pattern.compile("^" + HOST + "$");
  private static final Pattern RECEIVED =
      Pattern.compile("(?i);[ \\t]*received=([0-9a-fA-F:.]{2,45}|\\[[0-9a-fA-F:.]{2,45}\\])");
  private static final Pattern RPORT = Pattern.compile("(?i);[ \\t]*rport=(\\d{1,5})");
  private static final Pattern REQUEST_URI =
      Pattern.compile("^\\S+ sips?:(?:[^@\\s]{1,255}@)?" + HOST + "[;? ]");
  private static final Pattern CONTACT =
      Pattern.compile(
          "(?im)^(?:contact|m)[ \\t]*:[^\\r\\n]{0,255}?sips?:(?:[^@\\s]{1,255}@)?" + HOST + "\\b");

  private final String text;

  Correspondent(Bytes sip) {
    this.text = sip.latin1(0, Math.min(sip.length(), MOST));
  }

  Optional<Transport> transport() {
    var via = VIA.matcher(text);
    return via.find() ? LogHeader.transport(via.group(1)) : Optional.empty();
  }

  /// The other side than Asterisk; empty when the message doesn't tell its IP address.
  Optional<Endpoint> other(boolean outbound) {
    boolean isResponse = text.startsWith("SIP/2.0 ");
    if (isResponse == outbound) {
      return via();
    }
    return outbound ? by(REQUEST_URI) : by(CONTACT);
  }

  private Optional<Endpoint> via() {
    var via = VIA.matcher(text);
    if (!via.find()) {
      return Optional.empty();
    }
    var sentBy = SENT_BY.matcher(via.group(2));
    var port = sentBy.find() ? sentBy.group(2) : via.group(2).replaceFirst("^.*:(\\d{1,5})$", "$1");
    var received = RECEIVED.matcher(via.group(3));
    var rport = RPORT.matcher(via.group(3));
    var address = received.find() ? Optional.of(received.group(1)) : sentBy(via.group(2));
    return address.flatMap(host -> endpoint(host, rport.find() ? rport.group(1) : port));
  }

  private static Optional<String> sentBy(String host) {
    var matched = SENT_BY.matcher(host);
    return matched.find() ? Optional.of(matched.group(1)) : Optional.empty();
  }

  private Optional<Endpoint> by(Pattern where) {
    var found = where.matcher(text);
    return found.find() ? endpoint(found.group(1), found.group(2)) : Optional.empty();
  }

  private Optional<Endpoint> endpoint(String host, String port) {
    boolean isNumber = port != null && port.matches("\\d{1,5}") && Integer.parseInt(port) <= 65_535;
    int number = isNumber ? Integer.parseInt(port) : port(transport().orElse(Transport.UDP));
    var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return IpAddress.parse(bare).map(address -> new Endpoint(address, number));
  }

  /// Where a transport is spoken unless somebody says otherwise.
  static int port(Transport transport) {
    return transport == Transport.TLS || transport == Transport.WSS ? SIPS_PORT : SIP_PORT;
  }
}
