package io.sipscope.ops.replay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/// Where messages are sent, and as what: `hep:HOST:PORT`, `sip:[::1]:5070`, `hep-tcp:HOST:PORT`.
/// `;transport=tcp` says the same as `-tcp`, in OpenSIPS's manner.
///
/// @param host a name or an address, IPv6 without brackets
/// @param text as it was given
public record Target(Content content, Carrier carrier, String host, int port, String text) {
  private static final Pattern FORM =
      Pattern.compile(
          "(hep|sip)(-tcp)?:(\\[[0-9A-Fa-f:.%\\w]+]|[^\\[\\]:;/\\s]+):(\\d{1,5})(;transport=(tcp|udp))?",
          Pattern.CASE_INSENSITIVE);

  private static final int MAX_PORT = 65_535;

  /// What is sent of a message.
  public enum Content {
    /// A HEP3 frame with all that was captured.
    HEP,
    /// Its SIP bytes alone.
    SIP
  }

  public enum Carrier {
    UDP,
    TCP
  }

  /// @throws IllegalArgumentException with the sentence to tell
  public static Target parse(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" (wanted: hep:HOST:PORT, sip:HOST:PORT, or hep-tcp:, sip-tcp:)");
    }
    int port = Integer.parseInt(match.group(4));
    if (port == 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port " + port + " (wanted: 1 to " + MAX_PORT + ")");
    }
    boolean dashed = match.group(2) != null;
    var transport = match.group(6) == null ? "" : match.group(6).toLowerCase(Locale.ROOT);
    if (dashed && transport.equals("udp")) {
      throw new IllegalArgumentException("\"" + text + "\" is TCP and UDP (wanted: one of them)");
    }
    var host = match.group(3);
    return new Target(
        match.group(1).equalsIgnoreCase("hep") ? Content.HEP : Content.SIP,
        dashed || transport.equals("tcp") ? Carrier.TCP : Carrier.UDP,
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        port,
        text);
  }

  /// @throws UnknownHostException when the name leads nowhere
  public InetSocketAddress resolve() throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }

  @Override
  public String toString() {
    return text;
  }
}
