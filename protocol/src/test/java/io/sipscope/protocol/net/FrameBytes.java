package io.sipscope.protocol.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Packets put together byte by byte, for tests: from 192.0.2.1 to 192.0.2.2, or 2001:db8::1 to
/// ::2.
final class FrameBytes {
  private static final int IP4_HEAD = 20;
  private static final int IP6_HEAD = 40;

  private FrameBytes() {}

  static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (var part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] u16(int value) {
    return new byte[] {(byte) (value >> 8), (byte) value};
  }

  static byte[] ethernet(int etherType, byte[] payload) {
    return join(new byte[12], u16(etherType), payload);
  }

  /// What follows an EtherType that says VLAN, QinQ or the like.
  static byte[] tagged(int etherType, byte[] payload) {
    return join(u16(100), u16(etherType), payload);
  }

  static byte[] ip4(int protocol, byte[] payload) {
    return ip4Fragment(protocol, 1, 0, false, payload);
  }

  /// @param offset in bytes, a multiple of 8
  static byte[] ip4Fragment(int protocol, int id, int offset, boolean more, byte[] payload) {
    return ByteBuffer.allocate(IP4_HEAD + payload.length)
        .put((byte) 0x45)
        .put((byte) 0)
        .putShort((short) (IP4_HEAD + payload.length))
        .putShort((short) id)
        .putShort((short) (offset / 8 | (more ? 0x2000 : 0)))
        .put((byte) 64)
        .put((byte) protocol)
        .putShort((short) 0)
        .putInt(0xc0000201)
        .putInt(0xc0000202)
        .put(payload)
        .array();
  }

  static byte[] ip6(int nextHeader, byte[] payload) {
    return ByteBuffer.allocate(IP6_HEAD + payload.length)
        .putInt(0x60000000)
        .putShort((short) payload.length)
        .put((byte) nextHeader)
        .put((byte) 64)
        .putLong(0x20010db800000000L)
        .putLong(1)
        .putLong(0x20010db800000000L)
        .putLong(2)
        .put(payload)
        .array();
  }

  /// What follows a next header of 44.
  static byte[] ip6Fragment(int nextHeader, int id, int offset, boolean more, byte[] payload) {
    return ByteBuffer.allocate(8 + payload.length)
        .put((byte) nextHeader)
        .put((byte) 0)
        .putShort((short) (offset | (more ? 1 : 0)))
        .putInt(id)
        .put(payload)
        .array();
  }

  static byte[] udp(int source, int destination, String payload) {
    return udp(source, destination, payload.getBytes(StandardCharsets.ISO_8859_1));
  }

  static byte[] udp(int source, int destination, byte[] payload) {
    return join(u16(source), u16(destination), u16(8 + payload.length), u16(0), payload);
  }

  static byte[] tcp(long sequence, int flags, String payload) {
    return tcp(sequence, flags, payload.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// From port 40000 to 5060.
  static byte[] tcp(long sequence, int flags, byte[] payload) {
    return ByteBuffer.allocate(20 + payload.length)
        .putShort((short) 40000)
        .putShort((short) 5060)
        .putInt((int) sequence)
        .putInt(0)
        .put((byte) 0x50)
        .put((byte) flags)
        .putShort((short) 8192)
        .putInt(0)
        .put(payload)
        .array();
  }

  static byte[] vxlan(byte[] frame) {
    return join(new byte[] {8, 0, 0, 0, 0, 0, 1, 0}, frame);
  }

  static byte[] gre(int protocol, byte[] payload) {
    return join(u16(0), u16(protocol), payload);
  }
}
