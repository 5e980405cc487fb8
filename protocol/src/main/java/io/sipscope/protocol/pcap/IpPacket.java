package io.sipscope.protocol.pcap;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import java.util.zip.CRC32C;

/// Writes an IP packet as link type RAW holds it: no link layer, so no invented hardware address.
/// Lengths and checksums are right, so that no reader has to be told to overlook them.
///
/// Where only one of the two addresses is IPv6, as an odd agent may say, the other is written as
/// IPv4-mapped (RFC 4291 §2.5.5.2).
final class IpPacket {
  static final int UDP = 17;
  static final int TCP = 6;
  static final int SCTP = 132;

  static final int TCP_SYN = 0x02;
  static final int TCP_PUSH = 0x08;
  static final int TCP_ACK = 0x10;

  static final int SCTP_BEGINNING = 0x02;
  static final int SCTP_ENDING = 0x01;

  /// What the lengths of UDP in IPv4 leave to a payload.
  static final int MAX_DATAGRAM = 65_507;

  private static final int TCP_HEAD = 20;
  private static final int UDP_HEAD = 8;
  private static final int SCTP_HEAD = 12;
  private static final int SCTP_DATA_HEAD = 16;
  private static final int TTL = 64;
  private static final int WINDOW = 0xffff;
  private static final long IPV4_MAPPED = 0xffff_0000_0000L;

  /// Any but zero, which is for the start of an association.
  private static final int VERIFICATION_TAG = 1;

  private final Endpoint source;
  private final Endpoint destination;
  private final Output out;

  IpPacket(Endpoint source, Endpoint destination) {
    boolean v6 = source.address().v6() || destination.address().v6();
    this.source = new Endpoint(v6 ? v6(source.address()) : source.address(), source.port());
    this.destination =
        new Endpoint(v6 ? v6(destination.address()) : destination.address(), destination.port());
    this.out = new Output(1_024);
  }

  private static IpAddress v6(IpAddress address) {
    return address.v6() ? address : IpAddress.v6(0, IPV4_MAPPED | address.low());
  }

  /// @param payload at most [#MAX_DATAGRAM] bytes
  Bytes udp(Bytes payload) {
    int length = UDP_HEAD + payload.length();
    int at = head(UDP, length);
    ports().u16(length).u16(0).bytes(payload);
    int checksum = out.checksum(at, pseudoHeader(UDP, length));
    out.putU16(at + 6, checksum == 0 ? 0xffff : checksum);
    return out.written();
  }

  Bytes tcp(long sequence, long acknowledged, int flags, Bytes payload) {
    int length = TCP_HEAD + payload.length();
    int at = head(TCP, length);
    ports().u32(sequence).u32(acknowledged).u8((TCP_HEAD / 4) << 4).u8(flags);
    out.u16(WINDOW).u16(0).u16(0).bytes(payload);
    out.putU16(at + 16, out.checksum(at, pseudoHeader(TCP, length)));
    return out.written();
  }

  /// One DATA chunk of stream 0, payload protocol unspecified (RFC 9260 §3.3.1, RFC 4168 §5.1).
  Bytes sctp(long tsn, int streamSequence, int flags, Bytes payload) {
    int length = SCTP_DATA_HEAD + payload.length();
    int at = head(SCTP, SCTP_HEAD + ((length + 3) & ~3));
    ports().u32(VERIFICATION_TAG).u32(0);
    out.u8(0).u8(flags).u16(length).u32(tsn).u16(0).u16(streamSequence).u32(0).bytes(payload);
    for (int i = length; i % 4 != 0; i++) {
      out.u8(0);
    }
    var crc = new CRC32C();
    crc.update(out.array(), at, out.size() - at);
    out.putU32(at + 8, Integer.reverseBytes((int) crc.getValue()) & 0xffff_ffffL);
    return out.written();
  }

  /// Writes the IP header; answers where what it carries begins.
  private int head(int protocol, int length) {
    if (source.address().v6()) {
      out.u32(0x6000_0000L).u16(length).u8(protocol).u8(TTL);
    } else {
      out.u16(0x4500).u16(20 + length).u32(0x4000).u8(TTL).u8(protocol).u16(0);
    }
    out.bytes(source.address().bytes()).bytes(destination.address().bytes());
    if (!source.address().v6()) {
      out.putU16(10, out.checksum(0, 0));
    }
    return out.size();
  }

  private Output ports() {
    return out.u16(source.port()).u16(destination.port());
  }

  /// The sum of what a transport's checksum covers beyond its own bytes (RFC 8200 §8.1).
  private long pseudoHeader(int protocol, int length) {
    return words(source.address()) + words(destination.address()) + protocol + length;
  }

  private static long words(IpAddress address) {
    long sum = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 16) {
      sum += (address.high() >>> shift & 0xffff) + (address.low() >>> shift & 0xffff);
    }
    return sum;
  }
}
