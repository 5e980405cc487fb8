package io.sipscope.node.browser;

import io.sipscope.node.ingest.Messages;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.pcap.PcapngWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Calls that are drawn in tests, as capture files.
final class DrawnCalls {
  static final String PBX = "198.51.100.24:5060";
  static final String EDGE = "203.0.113.5:5060";
  static final String CARRIER = "192.0.2.40:5060";
  static final String NOWHERE = "10.20.4.17:5060";

  private static final long START = 1_795_183_612_072_000_000L;
  private static final long MILLISECOND = 1_000_000L;

  private static final String SDP =
      """
      v=0
      o=- 1 1 IN IP4 192.0.2.40
      s=-
      c=IN IP4 192.0.2.40
      t=0 0
      m=audio 30412 RTP/AVP 8 0 101
      a=rtpmap:101 telephone-event/8000
      """;

  private final String callId;
  private final List<Capture> captures = new ArrayList<>();

  private DrawnCalls(String callId) {
    this.callId = callId;
  }

  /// The design's: the carrier answers with a private Contact, so that no ACK arrives and its 200
  /// is repeated ten times until it gives up. 54 messages.
  static DrawnCalls lostAck(String callId) {
    var call = new DrawnCalls(callId);
    call.request(0, PBX, EDGE, "INVITE", 314, "a", "", SDP);
    call.response(1, EDGE, PBX, "100 Trying", "314 INVITE", "a", "", "");
    call.request(4, EDGE, CARRIER, "INVITE", 314, "b", "", SDP);
    call.response(31, CARRIER, EDGE, "100 Trying", "314 INVITE", "b", "", "");
    call.response(1_212, CARRIER, EDGE, "180 Ringing", "314 INVITE", "b", ";tag=t", "");
    call.response(1_213, EDGE, PBX, "180 Ringing", "314 INVITE", "a", ";tag=t", "");
    call.answered(6_840);
    long at = 7_340;
    for (int copy = 0; copy < 10; copy++) {
      call.answered(at);
      at += 3_000;
    }
    call.request(38_842, CARRIER, EDGE, "BYE", 1, "c", ";tag=t", "");
    call.request(38_843, EDGE, PBX, "BYE", 1, "d", ";tag=t", "");
    call.response(38_861, PBX, EDGE, "200 OK", "1 BYE", "d", ";tag=t", "");
    call.response(38_862, EDGE, CARRIER, "200 OK", "1 BYE", "c", ";tag=t", "");
    return call;
  }

  private void answered(long millis) {
    response(millis, CARRIER, EDGE, "200 OK", "314 INVITE", "b", ";tag=t", SDP);
    response(millis + 1, EDGE, PBX, "200 OK", "314 INVITE", "a", ";tag=t", SDP);
    request(millis + 29, PBX, EDGE, "ACK", 314, "e", ";tag=t", "");
    request(millis + 30, EDGE, NOWHERE, "ACK", 314, "f", ";tag=t", "");
  }

  /// OPTIONS and their answers between two hosts, 10 ms apart.
  static DrawnCalls pings(String callId, int from, int pairs, String there) {
    var call = new DrawnCalls(callId);
    for (int i = from; i < from + pairs; i++) {
      call.request(i * 20L, PBX, there, "OPTIONS", i + 1, "o" + i, "", "");
      call.response(i * 20L + 10, there, PBX, "200 OK", i + 1 + " OPTIONS", "o" + i, ";tag=t", "");
    }
    return call;
  }

  /// What a B2BUA made of another call, which it names.
  static DrawnCalls legOf(String other, String callId) {
    var call = new DrawnCalls(callId);
    call.add(
        3,
        EDGE,
        CARRIER,
        """
        INVITE sip:+351210000188@meridian.example.net SIP/2.0
        Via: SIP/2.0/UDP 203.0.113.5:5060;branch=z9hG4bKleg
        From: <sip:+442079460112@edge.example.com>;tag=leg
        To: <sip:+351210000188@meridian.example.net>
        Call-ID: %s
        X-Call-ID: %s
        CSeq: 1 INVITE

        """
            .formatted(callId, other));
    return call;
  }

  /// One request and its response, of which every part that can be is a stranger's.
  static DrawnCalls hostile(String callId, String evil) {
    var call = new DrawnCalls(callId);
    var marked = SDP.replace("s=-", "s=" + evil) + "a=" + evil + "\n";
    call.add(
        0,
        PBX,
        EDGE,
        """
        INVITE sip:%1$s@example.com SIP/2.0
        Via: SIP/2.0/UDP 198.51.100.24;branch=z9hG4bK1;%1$s
        From: "%1$s" <sip:%1$s@example.com>;tag=%1$s
        To: "%1$s" <sip:bob@example.com>
        Call-ID: %2$s
        CSeq: 1 INVITE
        User-Agent: %1$s
        %1$s: %1$s
        X-Folded: one
         %1$s
        Content-Type: application/sdp

        """
                .formatted(evil, callId)
            + marked);
    call.add(
        5,
        EDGE,
        PBX,
        """
        SIP/2.0 486 %1$s
        Via: SIP/2.0/UDP 198.51.100.24;branch=z9hG4bK1
        From: "%1$s" <sip:%1$s@example.com>;tag=%1$s
        To: "%1$s" <sip:bob@example.com>;tag=%1$s
        Call-ID: %2$s
        CSeq: 1 INVITE
        Reason: %1$s

        """
            .formatted(evil, callId));
    return call;
  }

  /// A pcapng file.
  byte[] file() {
    return file(captures);
  }

  private static byte[] file(List<Capture> captures) {
    var sorted = new ArrayList<>(captures);
    sorted.sort(Comparator.comparingLong(Capture::time));
    var writer = new PcapngWriter();
    var file = new ByteArrayOutputStream();
    file.writeBytes(writer.start().toArray());
    sorted.forEach(capture -> file.writeBytes(writer.packet(capture).toArray()));
    return file.toByteArray();
  }

  private void request(
      long millis,
      String from,
      String to,
      String method,
      int cseq,
      String branch,
      String toTag,
      String body) {
    add(
        millis,
        from,
        to,
        method
            + " sip:+351210000188@meridian.example.net SIP/2.0\n"
            + headers(branch, toTag, cseq + " " + method, body));
  }

  private void response(
      long millis,
      String from,
      String to,
      String status,
      String cseq,
      String branch,
      String toTag,
      String body) {
    add(millis, from, to, "SIP/2.0 " + status + "\n" + headers(branch, toTag, cseq, body));
  }

  private String headers(String branch, String toTag, String cseq, String body) {
    return """
    Via: SIP/2.0/UDP 198.51.100.24:5060;branch=z9hG4bK%s
    From: <sip:+442079460112@pbx.example.com>;tag=9fxced76sl
    To: <sip:+351210000188@meridian.example.net>%s
    Call-ID: %s
    CSeq: %s
    Contact: <sip:351210000188@10.20.4.17:5060>
    %sContent-Length: %d

    %s\
    """
        .formatted(
            branch,
            toTag,
            callId,
            cseq,
            body.isEmpty() ? "" : "Content-Type: application/sdp\n",
            Bytes.of(body.replace("\n", "\r\n")).length(),
            body);
  }

  private void add(long millis, String from, String to, String sip) {
    captures.add(
        Messages.capture(sip.replace("\n", "\r\n"), START + millis * MILLISECOND, from, to));
  }
}
