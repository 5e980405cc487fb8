package io.sipscope.protocol.hep;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Nanos;
import io.sipscope.protocol.hep.Hep.Malformed;
import io.sipscope.protocol.hep.Hep.Packet;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import java.util.List;
import java.util.OptionalLong;

/// Decodes HEP1 and HEP2: *version(1) length(1) family(1) protocol(1) ports(2 × 2)*, two
/// addresses, in HEP2 *seconds(4) microseconds(4) capture id(2) unused(2)*, then SIP to the end.
///
/// Real senders differ, so two fields are not believed. The length byte is 16, 28, 40 or, by
/// sngrep, 1: the address family says more. The times are in the
/// byte order of the sender's machine: [#littleEndian] finds out which.
final class Hep2Decoder {
  private static final int HEAD = 8;
  private static final int TIME = 12;

  private static final int AF_INET = 2;
  private static final int AF_INET6_LINUX = 10;
  private static final int AF_INET6_OPENBSD = 24;
  private static final int AF_INET6_FREEBSD = 28;
  private static final int AF_INET6_MACOS = 30;

  private static final long YEAR_2000 = 946_684_800L;
  private static final long YEAR_2100 = 4_102_444_800L;
  private static final long MICROS_PER_SECOND = 1_000_000L;

  private Hep2Decoder() {}

  static Hep decode(Bytes datagram) {
    int length = datagram.length();
    if (length < HEAD) {
      return new Malformed(0, Reason.LENGTH, length + " bytes (a HEP header has " + HEAD + ")");
    }
    int version = datagram.u8(0);
    int family = datagram.u8(2);
    boolean v6 =
        switch (family) {
          case AF_INET6_LINUX, AF_INET6_OPENBSD, AF_INET6_FREEBSD, AF_INET6_MACOS -> true;
          default -> false;
        };
    if (!v6 && family != AF_INET) {
      return new Malformed(2, Reason.FAMILY, "family " + family + " (2 = IPv4, 10 = IPv6)");
    }
    int addressBytes = v6 ? 16 : 4;
    int times = HEAD + 2 * addressBytes;
    int payload = version == 2 ? times + TIME : times;
    if (length < payload) {
      return new Malformed(0, Reason.LENGTH, length + " bytes (needs " + payload + ")");
    }
    var time = OptionalLong.empty();
    var agent = Agent.NONE;
    if (version == 2) {
      boolean little = littleEndian(datagram, times);
      time = OptionalLong.of(nanos(u32(datagram, times, little), u32(datagram, times + 4, little)));
      int id = little ? datagram.u16LittleEndian(times + 8) : datagram.u16(times + 8);
      agent = id == 0 ? Agent.NONE : new Agent(id, "");
    }
    int protocol = datagram.u8(3);
    return new Packet(
        version,
        protocol,
        IpProtocol.transport(protocol),
        new Endpoint(address(datagram, HEAD, v6), datagram.u16(4)),
        new Endpoint(address(datagram, HEAD + addressBytes, v6), datagram.u16(6)),
        time,
        Packet.SIP,
        agent,
        "",
        "",
        Padding.strippedFrom(datagram.from(payload)),
        List.of());
  }

  private static IpAddress address(Bytes datagram, int at, boolean v6) {
    return v6 ? IpAddress.v6(datagram, at) : IpAddress.v4(datagram, at);
  }

  /// The order in which the time is plausible, a date of this century with its microseconds below
  /// a million; little-endian, as nearly every machine is, when both or neither are.
  private static boolean littleEndian(Bytes datagram, int at) {
    return plausible(datagram.u32LittleEndian(at), datagram.u32LittleEndian(at + 4))
        || !plausible(datagram.u32(at), datagram.u32(at + 4));
  }

  private static boolean plausible(long seconds, long micros) {
    return seconds >= YEAR_2000 && seconds < YEAR_2100 && micros < MICROS_PER_SECOND;
  }

  private static long u32(Bytes datagram, int at, boolean little) {
    return little ? datagram.u32LittleEndian(at) : datagram.u32(at);
  }

  /// Nanoseconds since the epoch; microseconds beyond a second, which no clock says, are clamped.
  static long nanos(long seconds, long micros) {
    return Nanos.of(seconds, micros * 1_000);
  }
}
