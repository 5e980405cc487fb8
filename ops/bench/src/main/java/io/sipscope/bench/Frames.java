package io.sipscope.bench;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.Hep3Encoder;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.net.Transport;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/// A call's messages in the envelopes that Sipscope takes in.
public final class Frames {
  private static final int IP_PROTOCOL_UDP = 17;
  private static final int HEP_TYPE_SIP = 1;
  private static final int SIP_PORT = 5060;
  private static final long NANOS = 1_000_000_000L;
  private static final byte[] CALLER = {(byte) 198, 51, 100, 5};
  private static final byte[] CALLEE = {(byte) 203, 0, 113, 20};
  private static final Endpoint CALLER_ENDPOINT = endpoint(CALLER);
  private static final Endpoint CALLEE_ENDPOINT = endpoint(CALLEE);
  private static final Agent AGENT = new Agent(2001, "bench");

  private static final int LINKTYPE_RAW = 101;
  private static final int IP_HEAD = 20;
  private static final int UDP_HEAD = 8;
  private static final int RECORD_HEAD = 16;
  private static final int SNAP_LENGTH = 65_535;

  private Frames() {}

  /// @param time nanoseconds since 1970
  public static Bytes hep3(int message, byte[] sip, long time) {
    boolean toCallee = Call.isToCallee(message);
    return Hep3Encoder.encode(
        new Hep.Packet(
            3,
            IP_PROTOCOL_UDP,
            Transport.UDP,
            toCallee ? CALLER_ENDPOINT : CALLEE_ENDPOINT,
            toCallee ? CALLEE_ENDPOINT : CALLER_ENDPOINT,
            OptionalLong.of(time),
            HEP_TYPE_SIP,
            AGENT,
            "",
            "",
            Bytes.of(sip),
            List.of()));
  }

  /// What a pcap file begins with: nanosecond times, raw IP packets.
  public static byte[] pcapHead() {
    return ByteBuffer.allocate(24)
        .putInt(0xa1b23c4d)
        .putShort((short) 2)
        .putShort((short) 4)
        .putLong(0)
        .putInt(SNAP_LENGTH)
        .putInt(LINKTYPE_RAW)
        .array();
  }

  /// A pcap record of one UDP datagram over IPv4.
  ///
  /// @param time nanoseconds since 1970
  public static byte[] pcapRecord(int message, byte[] sip, long time) {
    boolean toCallee = Call.isToCallee(message);
    int length = IP_HEAD + UDP_HEAD + sip.length;
    var head =
        ByteBuffer.allocate(RECORD_HEAD + length)
            .putInt((int) (time / NANOS))
            .putInt((int) (time % NANOS))
            .putInt(length)
            .putInt(length);
    head.put((byte) 0x45).put((byte) 0).putShort((short) length).putInt(0);
    head.put((byte) 64).put((byte) IP_PROTOCOL_UDP).putShort((short) 0);
    head.put(toCallee ? CALLER : CALLEE).put(toCallee ? CALLEE : CALLER);
    head.putShort((short) SIP_PORT).putShort((short) SIP_PORT);
    head.putShort((short) (UDP_HEAD + sip.length)).putShort((short) 0);
    return head.put(sip).array();
  }

  private static Endpoint endpoint(byte[] address) {
    return new Endpoint(IpAddress.v4(Bytes.of(address), 0), SIP_PORT);
  }
}
