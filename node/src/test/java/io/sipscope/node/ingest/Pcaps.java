package io.sipscope.node.ingest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Capture files made of SIP messages over UDP from 10.0.0.1:5060 to 10.0.0.2:5060, a millisecond
/// apart: pcap of raw IPv4.
public final class Pcaps {
  private static final int MAGIC_MICROSECONDS = 0xa1b2c3d4;
  private static final int RAW_IP = 101;
  private static final int IP_HEADER = 20;
  private static final int UDP_HEADER = 8;
  private static final int START = 1_700_000_000;

  private Pcaps() {}

  public static byte[] of(String... messages) {
    var file = new ByteArrayOutputStream();
    file.writeBytes(
        ByteBuffer.allocate(24)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(MAGIC_MICROSECONDS)
            .putShort((short) 2)
            .putShort((short) 4)
            .putInt(0)
            .putInt(0)
            .putInt(65_535)
            .putInt(RAW_IP)
            .array());
    for (int i = 0; i < messages.length; i++) {
      var sip = messages[i].getBytes(StandardCharsets.UTF_8);
      int length = IP_HEADER + UDP_HEADER + sip.length;
      file.writeBytes(
          ByteBuffer.allocate(16)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(START + i / 1_000)
              .putInt(i % 1_000 * 1_000)
              .putInt(length)
              .putInt(length)
              .array());
      file.writeBytes(
          ByteBuffer.allocate(IP_HEADER + UDP_HEADER)
              .put((byte) 0x45)
              .put((byte) 0)
              .putShort((short) length)
              .putInt(i << 16)
              .put((byte) 64)
              .put((byte) 17)
              .putShort((short) 0)
              .putInt(0x0a000001)
              .putInt(0x0a000002)
              .putShort((short) 5060)
              .putShort((short) 5060)
              .putShort((short) (UDP_HEADER + sip.length))
              .putShort((short) 0)
              .array());
      file.writeBytes(sip);
    }
    return file.toByteArray();
  }
}
