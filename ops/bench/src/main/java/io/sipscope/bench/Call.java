package io.sipscope.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// One answered call as a capture agent beside the caller's proxy sees it: seven messages, about
/// 640 bytes on average, with the delays of a call that rings for two seconds.
public final class Call {
  private static final String INVITE =
      """
      INVITE sip:bob@example.com SIP/2.0
      Via: SIP/2.0/UDP 198.51.100.5:5060;branch=z9hG4bKp@BRANCH@;rport
      Via: SIP/2.0/UDP 192.0.2.10:5060;received=192.0.2.10;branch=z9hG4bKc@BRANCH@
      Record-Route: <sip:198.51.100.5;lr;ftag=alice@BRANCH@>
      Max-Forwards: 69
      From: "Alice" <sip:alice@example.com>;tag=alice@BRANCH@
      To: <sip:bob@example.com>
      Call-ID: @CALL-ID@
      CSeq: 1 INVITE
      Contact: <sip:alice@192.0.2.10:5060;transport=udp>
      User-Agent: desk phone 4.2
      Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, PRACK
      Supported: replaces, timer, 100rel
      Content-Type: application/sdp
      Content-Length: 209

      v=0
      o=alice 2890844526 2890844526 IN IP4 192.0.2.10
      s=-
      c=IN IP4 192.0.2.10
      t=0 0
      m=audio 40000 RTP/AVP 8 0 101
      a=rtpmap:8 PCMA/8000
      a=rtpmap:0 PCMU/8000
      a=rtpmap:101 telephone-event/8000
      a=ptime:20
      """;

  private static final String TRYING =
      """
      SIP/2.0 100 Trying
      Via: SIP/2.0/UDP 198.51.100.5:5060;branch=z9hG4bKp@BRANCH@;rport=5060
      Via: SIP/2.0/UDP 192.0.2.10:5060;received=192.0.2.10;branch=z9hG4bKc@BRANCH@
      From: "Alice" <sip:alice@example.com>;tag=alice@BRANCH@
      To: <sip:bob@example.com>
      Call-ID: @CALL-ID@
      CSeq: 1 INVITE
      Server: edge proxy
      Content-Length: 0

      """;

  private static final String RINGING =
      """
      SIP/2.0 180 Ringing
      Via: SIP/2.0/UDP 198.51.100.5:5060;branch=z9hG4bKp@BRANCH@;rport=5060
      Via: SIP/2.0/UDP 192.0.2.10:5060;received=192.0.2.10;branch=z9hG4bKc@BRANCH@
      Record-Route: <sip:198.51.100.5;lr;ftag=alice@BRANCH@>
      From: "Alice" <sip:alice@example.com>;tag=alice@BRANCH@
      To: <sip:bob@example.com>;tag=bob@BRANCH@
      Call-ID: @CALL-ID@
      CSeq: 1 INVITE
      Contact: <sip:bob@203.0.113.20:5060>
      User-Agent: soft phone 1.9
      Content-Length: 0

      """;

  private static final String ANSWER =
      """
      SIP/2.0 200 OK
      Via: SIP/2.0/UDP 198.51.100.5:5060;branch=z9hG4bKp@BRANCH@;rport=5060
      Via: SIP/2.0/UDP 192.0.2.10:5060;received=192.0.2.10;branch=z9hG4bKc@BRANCH@
      Record-Route: <sip:198.51.100.5;lr;ftag=alice@BRANCH@>
      From: "Alice" <sip:alice@example.com>;tag=alice@BRANCH@
      To: <sip:bob@example.com>;tag=bob@BRANCH@
      Call-ID: @CALL-ID@
      CSeq: 1 INVITE
      Contact: <sip:bob@203.0.113.20:5060>
      User-Agent: soft phone 1.9
      Allow: INVITE, ACK, CANCEL, BYE, OPTIONS
      Content-Type: application/sdp
      Content-Length: 175

      v=0
      o=bob 2890844730 2890844730 IN IP4 203.0.113.20
      s=-
      c=IN IP4 203.0.113.20
      t=0 0
      m=audio 50000 RTP/AVP 8 101
      a=rtpmap:8 PCMA/8000
      a=rtpmap:101 telephone-event/8000
      """;

  private static final String ACK =
      """
      ACK sip:bob@203.0.113.20:5060 SIP/2.0
      Via: SIP/2.0/UDP 198.51.100.5:5060;branch=z9hG4bKa@BRANCH@;rport
      Via: SIP/2.0/UDP 192.0.2.10:5060;received=192.0.2.10;branch=z9hG4bKd@BRANCH@
      Max-Forwards: 69
      From: "Alice" <sip:alice@example.com>;tag=alice@BRANCH@
      To: <sip:bob@example.com>;tag=bob@BRANCH@
      Call-ID: @CALL-ID@
      CSeq: 1 ACK
      User-Agent: desk phone 4.2
      Content-Length: 0

      """;

  private static final String BYE =
      """
      BYE sip:bob@203.0.113.20:5060 SIP/2.0
      Via: SIP/2.0/UDP 198.51.100.5:5060;branch=z9hG4bKb@BRANCH@;rport
      Via: SIP/2.0/UDP 192.0.2.10:5060;received=192.0.2.10;branch=z9hG4bKe@BRANCH@
      Max-Forwards: 69
      From: "Alice" <sip:alice@example.com>;tag=alice@BRANCH@
      To: <sip:bob@example.com>;tag=bob@BRANCH@
      Call-ID: @CALL-ID@
      CSeq: 2 BYE
      User-Agent: desk phone 4.2
      Content-Length: 0

      """;

  private static final String GONE =
      """
      SIP/2.0 200 OK
      Via: SIP/2.0/UDP 198.51.100.5:5060;branch=z9hG4bKb@BRANCH@;rport=5060
      Via: SIP/2.0/UDP 192.0.2.10:5060;received=192.0.2.10;branch=z9hG4bKe@BRANCH@
      From: "Alice" <sip:alice@example.com>;tag=alice@BRANCH@
      To: <sip:bob@example.com>;tag=bob@BRANCH@
      Call-ID: @CALL-ID@
      CSeq: 2 BYE
      User-Agent: soft phone 1.9
      Content-Length: 0

      """;

  /// @param after since the call's first message
  /// @param toCallee sent towards the callee, or back
  private record Line(Duration after, boolean toCallee, String text) {}

  /// The time from the answer to the BYE is the call's own, see [#after].
  private static final List<Line> SCRIPT =
      List.of(
          new Line(Duration.ZERO, true, INVITE),
          new Line(Duration.ofMillis(4), false, TRYING),
          new Line(Duration.ofMillis(90), false, RINGING),
          new Line(Duration.ofMillis(2_000), false, ANSWER),
          new Line(Duration.ofMillis(2_030), true, ACK),
          new Line(Duration.ofMillis(2_030), true, BYE),
          new Line(Duration.ofMillis(2_045), false, GONE));

  /// Messages of one call.
  public static final int MESSAGES = SCRIPT.size();

  private static final int BYE_LINE = 5;

  private Call() {}

  /// When a message of a call is sent, nanoseconds since its INVITE, for a call that is talked on
  /// for `talk` nanoseconds.
  public static long after(int message, long talk) {
    return SCRIPT.get(message).after().toNanos() + (message >= BYE_LINE ? talk : 0);
  }

  public static boolean isToCallee(int message) {
    return SCRIPT.get(message).toCallee();
  }

  /// The bytes of one message of the call with that number.
  public static byte[] message(int message, String run, long call) {
    return SCRIPT
        .get(message)
        .text()
        .replace("@CALL-ID@", callId(run, call))
        .replace("@BRANCH@", Long.toHexString(call))
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  public static String callId(String run, long call) {
    return run + "-" + call + "@192.0.2.10";
  }
}
