package io.sipscope.persistence.wire;

import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.net.Transport;
import java.util.ArrayList;
import java.util.List;

/// How captures are written, in the journal and between nodes. What is written here is read for
/// as long as a journal lives: codes are given once and never given again.
///
/// ```text
/// capture  = what(1) flags(1) receivedAt(i64) time(i64) source destination
///            [agent id(count) agent name(text)] [correlation id(text)] sip(bytes)
/// what     = transport in the low 4 bits, source kind in the high 4
/// flags    = 1 source is IPv6, 2 destination is IPv6, 4 an agent, 8 a correlation id follows
/// endpoint = address(4 or 16) port(u16)
/// ```
public final class CaptureWire {
  private static final int SOURCE_V6 = 1;
  private static final int DESTINATION_V6 = 2;
  private static final int HAS_AGENT = 4;
  private static final int HAS_CORRELATION = 8;

  /// An IPv4 capture without agent and with no bytes at all.
  private static final int SMALLEST = 2 + 2 * 8 + 2 * 6 + 1;

  /// What a capture takes besides its SIP bytes, mostly.
  private static final int OVERHEAD = 64;

  private CaptureWire() {}

  /// About how many bytes captures will take.
  public static int size(List<Capture> captures) {
    long size = OVERHEAD;
    for (var capture : captures) {
      size += capture.sip().length() + OVERHEAD;
    }
    return (int) Math.min(size, Integer.MAX_VALUE / 2);
  }

  public static void write(List<Capture> captures, WireOutput out) {
    out.count(captures.size());
    for (var capture : captures) {
      write(capture, out);
    }
  }

  public static List<Capture> readAll(WireInput in) throws Unreadable {
    int count = in.elements(SMALLEST);
    var captures = new ArrayList<Capture>(count);
    for (int i = 0; i < count; i++) {
      captures.add(read(in));
    }
    return captures;
  }

  public static void write(Capture capture, WireOutput out) {
    boolean hasAgent = !capture.agent().equals(Agent.NONE);
    boolean hasCorrelation = !capture.correlationId().isEmpty();
    out.u8(code(capture.transport()) | code(capture.kind()) << 4);
    out.u8(
        (capture.source().address().v6() ? SOURCE_V6 : 0)
            | (capture.destination().address().v6() ? DESTINATION_V6 : 0)
            | (hasAgent ? HAS_AGENT : 0)
            | (hasCorrelation ? HAS_CORRELATION : 0));
    out.i64(capture.receivedAt());
    out.i64(capture.time());
    write(capture.source(), out);
    write(capture.destination(), out);
    if (hasAgent) {
      out.count(capture.agent().id());
      out.text(capture.agent().name());
    }
    if (hasCorrelation) {
      out.text(capture.correlationId());
    }
    out.bytes(capture.sip());
  }

  public static Capture read(WireInput in) throws Unreadable {
    int what = in.u8();
    int flags = in.u8();
    if (flags > (SOURCE_V6 | DESTINATION_V6 | HAS_AGENT | HAS_CORRELATION)) {
      throw new Unreadable("capture flags " + flags + " (this node knows four)");
    }
    return new Capture(
        in.i64(),
        in.i64(),
        transport(what & 0xf),
        endpoint(in, (flags & SOURCE_V6) != 0),
        endpoint(in, (flags & DESTINATION_V6) != 0),
        (flags & HAS_AGENT) != 0 ? new Agent(in.count(), in.text()) : Agent.NONE,
        (flags & HAS_CORRELATION) != 0 ? in.text() : "",
        kind(what >>> 4),
        in.bytes());
  }

  /// Writes an endpoint whose family is told elsewhere.
  public static void write(Endpoint endpoint, WireOutput out) {
    var address = endpoint.address();
    if (address.v6()) {
      out.i64(address.high());
      out.i64(address.low());
    } else {
      out.u16((int) (address.low() >>> 16));
      out.u16((int) address.low());
    }
    out.u16(endpoint.port());
  }

  public static Endpoint endpoint(WireInput in, boolean v6) throws Unreadable {
    var address =
        v6
            ? IpAddress.v6(in.i64(), in.i64())
            : IpAddress.v4((long) in.u16() << 16 | (long) in.u16());
    return new Endpoint(address, in.u16());
  }

  /// What a transport is written as.
  public static int code(Transport transport) {
    return switch (transport) {
      case UDP -> 0;
      case TCP -> 1;
      case TLS -> 2;
      case SCTP -> 3;
      case WS -> 4;
      case WSS -> 5;
    };
  }

  public static Transport transport(int code) throws Unreadable {
    return switch (code) {
      case 0 -> Transport.UDP;
      case 1 -> Transport.TCP;
      case 2 -> Transport.TLS;
      case 3 -> Transport.SCTP;
      case 4 -> Transport.WS;
      case 5 -> Transport.WSS;
      default -> throw new Unreadable("transport code " + code);
    };
  }

  private static int code(SourceKind kind) {
    return switch (kind) {
      case HEP -> 0;
      case PCAP -> 1;
      case LIVE -> 2;
      case REDIS -> 3;
      case AMI -> 4;
    };
  }

  private static SourceKind kind(int code) throws Unreadable {
    return switch (code) {
      case 0 -> SourceKind.HEP;
      case 1 -> SourceKind.PCAP;
      case 2 -> SourceKind.LIVE;
      case 3 -> SourceKind.REDIS;
      case 4 -> SourceKind.AMI;
      default -> throw new Unreadable("source kind code " + code);
    };
  }
}
