package io.sipscope.node.ingest;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.Hep3Encoder;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.List;
import java.util.OptionalLong;

/// SIP messages to send and store in tests.
public final class Messages {
  private static final String OPTIONS =
      """
      OPTIONS sip:bob@example.com SIP/2.0
      Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK%2$d
      From: <sip:alice@example.com>;tag=a%2$d
      To: <sip:bob@example.com>
      Call-ID: %1$s
      CSeq: %2$d OPTIONS
      Content-Length: 0

      """
          .replace("\n", "\r\n");

  private Messages() {}

  public static String options(String callId) {
    return options(callId, 1);
  }

  public static String options(String callId, int cseq) {
    return OPTIONS.formatted(callId, cseq);
  }

  public static Capture capture(String sip, long time, String source, String destination) {
    return new Capture(
        time,
        time,
        Transport.UDP,
        Endpoint.parse(source).orElseThrow(),
        Endpoint.parse(destination).orElseThrow(),
        Agent.NONE,
        "",
        SourceKind.HEP,
        Bytes.of(sip));
  }

  static Arrival arrival(String sip) {
    var capture = capture(sip, 1, "10.0.0.1:5060", "10.0.0.2:5060");
    var message = (SipMessage) SipParser.parse(capture.sip());
    return new Arrival(EntityKey.of(message, capture), capture, Origin.NOBODY);
  }

  /// A HEP3 frame with that payload of that type.
  public static byte[] hep3(int payloadType, String payload, long time) {
    return Hep3Encoder.encode(
            new Hep.Packet(
                3,
                17,
                Transport.UDP,
                Endpoint.parse("10.0.0.1:5060").orElseThrow(),
                Endpoint.parse("10.0.0.2:5060").orElseThrow(),
                OptionalLong.of(time),
                payloadType,
                new Agent(2001, ""),
                "",
                "",
                Bytes.of(payload),
                List.of()))
        .toArray();
  }

  public static byte[] hep3(String sip, long time) {
    return hep3(Hep.Packet.SIP, sip, time);
  }
}
