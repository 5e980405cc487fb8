package io.sipscope.persistence;

import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.dialog.DialogSummary;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.verdict.Verdict;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/// Captures and index rows for tests. Times count on from [#T0], so that no two messages share one.
public final class Samples {
  /// 2026-01-01T00:00:00Z.
  public static final long T0 = 1_767_225_600_000_000_000L;

  public static final long SECOND = 1_000_000_000L;
  public static final Endpoint ALICE = Endpoint.parse("192.0.2.10:5060").orElseThrow();
  public static final Endpoint BOB = Endpoint.parse("198.51.100.20:5080").orElseThrow();
  public static final Endpoint CAROL_V6 = Endpoint.parse("[2001:db8::30]:5061").orElseThrow();

  private static final String INVITE =
      """
      INVITE sip:bob@example.net SIP/2.0
      Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK{cseq}
      Max-Forwards: 70
      From: "Alice" <sip:alice@example.com>;tag=a1
      To: <sip:bob@example.net>
      Call-ID: {call-id}
      CSeq: {cseq} INVITE
      Contact: <sip:alice@192.0.2.10:5060>
      User-Agent: Phone/1.0
      Content-Length: 0

      """;

  private static final String ANSWER =
      """
      SIP/2.0 {status}
      Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK{cseq}
      From: "Alice" <sip:alice@example.com>;tag=a1
      To: <sip:bob@example.net>;tag=b1
      Call-ID: {call-id}
      CSeq: {cseq} INVITE
      Content-Length: 0

      """;

  private static String filled(String template, String callId, int cseq) {
    return template.replace("{call-id}", callId).replace("{cseq}", Integer.toString(cseq));
  }

  private Samples() {}

  /// An INVITE from Alice to Bob, `after` nanoseconds past [#T0].
  public static Capture invite(String callId, int cseq, long after) {
    return capture(filled(INVITE, callId, cseq), ALICE, BOB, after);
  }

  /// Bob's answer, `180 Ringing` or the like.
  public static Capture answer(String callId, int cseq, String status, long after) {
    return capture(filled(ANSWER, callId, cseq).replace("{status}", status), BOB, ALICE, after);
  }

  public static Capture capture(String sip, Endpoint source, Endpoint destination, long after) {
    return new Capture(
        T0 + after + 1_000,
        T0 + after,
        Transport.UDP,
        source,
        destination,
        new Agent(2001, "edge-1"),
        "",
        SourceKind.HEP,
        Bytes.of(sip.replace("\n", "\r\n")));
  }

  /// An answered call from `alice@example.com` to `bob@example.net` that began `after`
  /// nanoseconds past [#T0] and went on for 30 s.
  public static DialogSummary summary(String callId, long after) {
    return new DialogSummary(
        callId,
        T0 + after,
        T0 + after + 30 * SECOND,
        OptionalLong.of(T0 + after + 30 * SECOND),
        Phase.TERMINATED,
        OptionalLong.empty(),
        "INVITE",
        "alice@example.com",
        "bob@example.net",
        "a1",
        List.of("b1", "b2"),
        "sip:bob@example.net",
        ALICE,
        BOB,
        List.of(ALICE, BOB),
        "Phone/1.0",
        OptionalInt.of(200),
        7,
        1,
        OptionalLong.of(2 * SECOND),
        OptionalLong.of(SECOND),
        OptionalLong.of(28 * SECOND),
        List.of(new Agent(2001, "edge-1")),
        new Verdict(Verdict.Level.GOOD, "Answered", "for 28 s", List.of(1L, 4L), "answered"));
  }

  public static DialogRow row(String callId, long after) {
    return new DialogRow(callId, summary(callId, after), "");
  }

  /// 20 kB that no compression makes much smaller.
  public static Capture large(long after) {
    var body = new byte[10_000];
    new Random(after).nextBytes(body);
    return capture(
        "INFO sip:a SIP/2.0\r\n\r\n" + HexFormat.of().formatHex(body), ALICE, BOB, after);
  }
}
