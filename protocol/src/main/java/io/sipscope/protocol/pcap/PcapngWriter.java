package io.sipscope.protocol.pcap;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.Nanos;
import io.sipscope.protocol.capture.SourceKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;

/// Writes captures as pcapng with their true addresses, ports, transports and times, to the
/// nanosecond. Each message is an IP packet (link type RAW) or, over TCP, as many segments as it
/// needs, all at the message's time.
///
/// What was read from inside TLS or a WebSocket is written as plain TCP: its encryption and framing
/// are gone. The packet's comment then names the true transport, and always what else the packet
/// cannot say: capture agent, correlation id, when we received it.
///
/// Stateful, as TCP's numbers go on from message to message: one writer for one file. Not
/// thread-safe.
public final class PcapngWriter {
  private static final int LINKTYPE_RAW = 101;
  private static final int SECTION_HEADER = 0x0a0d0d0a;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int ENHANCED_PACKET = 6;
  private static final long BYTE_ORDER_MAGIC = 0x1a2b3c4dL;
  private static final long UNKNOWN_LENGTH = -1;

  private static final int OPTION_END = 0;
  private static final int OPTION_COMMENT = 1;
  private static final int OPTION_APPLICATION = 4;
  private static final int OPTION_TIME_RESOLUTION = 9;
  private static final byte[] NANOSECONDS = {9};

  /// Names and ids come from outside and may be long; a comment is for people.
  private static final int MAX_COMMENT_TEXT = 512;

  private final Conversations conversations = new Conversations();

  /// What the file begins with: a section header and one interface.
  public Bytes start() {
    var out = new Output(128);
    int section = begin(out, SECTION_HEADER);
    out.u32(BYTE_ORDER_MAGIC).u16(1).u16(0).u64(UNKNOWN_LENGTH);
    option(out, OPTION_APPLICATION, "Sipscope".getBytes(StandardCharsets.UTF_8));
    option(out, OPTION_END, new byte[0]);
    end(out, section);
    int description = begin(out, INTERFACE_DESCRIPTION);
    out.u16(LINKTYPE_RAW).u16(0).u32(0);
    option(out, OPTION_TIME_RESOLUTION, NANOSECONDS);
    option(out, OPTION_END, new byte[0]);
    end(out, description);
    return out.written();
  }

  /// One message. A message over UDP that is too large for any datagram, which only a compressing
  /// agent can have sent us, is written as TCP with a comment.
  public Bytes packet(Capture capture) {
    var packets =
        switch (capture.transport()) {
          case UDP ->
              fitsDatagram(capture)
                  ? List.of(
                      new IpPacket(capture.source(), capture.destination()).udp(capture.sip()))
                  : conversations.tcp(capture);
          case TCP, TLS, WS, WSS -> conversations.tcp(capture);
          case SCTP -> conversations.sctp(capture);
        };
    var out = new Output(capture.sip().length() + 256);
    var comment = comment(capture).getBytes(StandardCharsets.UTF_8);
    for (var packet : packets) {
      write(out, capture.time(), packet, comment);
    }
    return out.written();
  }

  private static boolean fitsDatagram(Capture capture) {
    return capture.sip().length() <= IpPacket.MAX_DATAGRAM;
  }

  /// @param time nanoseconds since the epoch; the format has no earlier ones
  private static void write(Output out, long time, Bytes packet, byte[] comment) {
    int block = begin(out, ENHANCED_PACKET);
    out.u32(0).u64(Math.max(0, time)).u32(packet.length()).u32(packet.length());
    out.bytes(packet).padded();
    if (comment.length > 0) {
      option(out, OPTION_COMMENT, comment);
      option(out, OPTION_END, new byte[0]);
    }
    end(out, block);
  }

  private static int begin(Output out, int type) {
    int at = out.size();
    out.u32(type).u32(0);
    return at;
  }

  private static void end(Output out, int block) {
    int length = out.size() + 4 - block;
    out.u32(length);
    out.putU32(block + 4, length);
  }

  private static void option(Output out, int code, byte[] value) {
    out.u16(code).u16(value.length).bytes(value).padded();
  }

  private static String comment(Capture capture) {
    var comment = new StringJoiner("; ");
    boolean said =
        switch (capture.transport()) {
          case UDP -> fitsDatagram(capture);
          case TCP, SCTP -> true;
          case TLS, WS, WSS -> false;
        };
    if (!said) {
      comment.add("transport=" + capture.transport().text());
    }
    if (capture.agent().id() != 0) {
      comment.add("agent-id=" + capture.agent().id());
    }
    if (!capture.agent().name().isEmpty()) {
      comment.add("agent=" + printable(capture.agent().name()));
    }
    if (!capture.correlationId().isEmpty()) {
      comment.add("correlation-id=" + printable(capture.correlationId()));
    }
    if (capture.kind() != SourceKind.PCAP) {
      comment.add("received=" + Nanos.instant(capture.receivedAt()));
    }
    return comment.toString();
  }

  private static String printable(String text) {
    var shown = text.length() > MAX_COMMENT_TEXT ? text.substring(0, MAX_COMMENT_TEXT) : text;
    return shown.replaceAll("\\p{Cntrl}", " ");
  }
}
