package io.sipscope.persistence.trace;

import io.sipscope.persistence.trace.TracedMessage.Side;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.net.Transport;
import java.util.Arrays;

/// `trace_local_ip` of OpenSIPS, `[proto:]ip[:port]`: what stands for the traced element's own side
/// of messages it sends, and of replies it receives. Without a proto it is `udp`, without a port
/// 5060, as with a port that is none.
///
/// @param warning what is used otherwise than it is written; empty = nothing
record LocalSide(Side side, String warning) {
  private static final int LONGEST_PROTO = 4;
  private static final String WANTED = " (wanted: [proto:]ip[:port] such as udp:192.0.2.1:5060)";

  static Reading<LocalSide> read(String given) {
    var text = given.strip();
    var bare = IpAddress.parse(text);
    if (bare.isPresent()) {
      return made("udp", text, "");
    }
    int colon = text.startsWith("[") ? text.indexOf("]:") + 1 : text.indexOf(':');
    if (colon < 1) {
      return colon == 0 && !text.startsWith("[")
          ? behindProto("udp", text.substring(1))
          : Reading.bad("\"" + given + "\"" + WANTED);
    }
    var rest = text.substring(colon + 1);
    return isNumber(rest)
        ? made("udp", text.substring(0, colon), rest)
        : behindProto(text.substring(0, colon), rest);
  }

  private static Reading<LocalSide> behindProto(String proto, String rest) {
    if (proto.length() > LONGEST_PROTO) {
      return Reading.bad("proto \"" + proto + "\"" + WANTED);
    }
    if (IpAddress.parse(rest).isPresent()) {
      return made(proto, rest, "");
    }
    int colon = rest.lastIndexOf(':');
    return colon < 0
        ? made(proto, rest, "")
        : made(proto, rest.substring(0, colon), rest.substring(colon + 1));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static Reading<LocalSide> made(String proto, String ip, String port) {
    var transport =
        Arrays.stream(Transport.values())
            .filter(known -> known.text().equalsIgnoreCase(proto))
            .findFirst();
    var address = IpAddress.parse(ip);
    if (transport.isEmpty() || address.isEmpty()) {
      return Reading.bad("\"" + proto + ":" + ip + "\"" + WANTED);
    }
    int number =
        port.isEmpty()
            ? TraceDefinitions.SIP_PORT
            : isNumber(port) && port.length() <= 5 ? Integer.parseInt(port) : 0;
    boolean isPort = number >= 1 && number <= 65_535;
    return Reading.good(
        new LocalSide(
            new Side(
                transport.get(),
                new Endpoint(address.get(), isPort ? number : TraceDefinitions.SIP_PORT)),
            isPort
                ? ""
                : "sipscope.trace.local-ip: port \"" + port + "\" is out of range: it is 5060"));
  }
}
