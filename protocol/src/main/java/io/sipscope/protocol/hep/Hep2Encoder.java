package io.sipscope.protocol.hep;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.Hep.Packet;
import io.sipscope.protocol.net.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Encodes a packet as HEP1 or HEP2, which [Hep2Decoder] describes, as OpenSIPS sends it on the
/// machines it runs on: the time of HEP2 is little-endian. The NULs with which OpenSIPS ends every
/// datagram by mistake are not sent.
public final class Hep2Encoder {
  /// The largest datagram over IPv4: 65535 less the heads of IP and UDP.
  public static final int MAX_DATAGRAM = 65_507;

  private static final int HEAD = 8;
  private static final int TIME = 12;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MAPPED = 0xffff;

  private Hep2Encoder() {}

  /// One datagram of the packet's version. HEP1 has no time and no agent, HEP2 the low 16 bits of
  /// the agent's id. Addresses of two families are both written as IPv6, the IPv4 one mapped
  /// (RFC 4291 §2.5.5.2).
  ///
  /// @throws IllegalArgumentException when it is larger than [#MAX_DATAGRAM], or of another version
  public static Bytes encode(Packet packet) {
    int version = packet.version();
    if (version != 1 && version != 2) {
      throw new IllegalArgumentException("HEP " + version + " (1 or 2)");
    }
    var source = packet.source().address();
    var destination = packet.destination().address();
    boolean v6 = source.v6() || destination.v6();
    int addresses = v6 ? 32 : 8;
    int size = HEAD + addresses + (version == 2 ? TIME : 0) + packet.payload().length();
    if (size > MAX_DATAGRAM) {
      throw new IllegalArgumentException("HEP datagram of " + size + " bytes (65507)");
    }
    var out = ByteBuffer.allocate(size);
    out.put((byte) version).put((byte) (HEAD + addresses));
    out.put((byte) (v6 ? AF_INET6 : AF_INET)).put((byte) packet.ipProtocol());
    out.putShort((short) packet.source().port());
    out.putShort((short) packet.destination().port());
    address(out, source, v6);
    address(out, destination, v6);
    if (version == 2) {
      long time = packet.time().orElse(0);
      out.order(ByteOrder.LITTLE_ENDIAN);
      out.putInt((int) Math.floorDiv(time, NANOS_PER_SECOND));
      out.putInt((int) (Math.floorMod(time, NANOS_PER_SECOND) / 1_000));
      out.putShort((short) packet.agent().id()).putShort((short) 0);
    }
    packet.payload().copyTo(out.array(), out.position());
    return Bytes.of(out.array());
  }

  private static void address(ByteBuffer out, IpAddress address, boolean v6) {
    if (v6 && !address.v6()) {
      out.putLong(0).putInt(MAPPED);
    }
    out.put(address.bytes());
  }
}
