package io.sipscope.node.clients;

import io.sipscope.node.TestNode;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.Hep3Encoder;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/// A call an agent saw between a caller at 10.0.0.1 and a callee at 10.0.0.2, sent to a node as
/// HEP.
record ObservedCall(String callId, String caller, String callee) {
  private static final String CALLER = "10.0.0.1:5060";
  private static final String CALLEE = "10.0.0.2:5060";

  /// One millisecond a message, in nanoseconds since 1970.
  private static final AtomicLong CLOCK = new AtomicLong(System.currentTimeMillis() * 1_000_000);

  private static final String REST =
      """
      Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK%5$s
      From: <sip:%2$s@example.com>;tag=caller
      To: <sip:%3$s@example.com>%6$s
      Call-ID: %1$s
      CSeq: %4$s
      Max-Forwards: 70
      Content-Length: 0

      """
          .replace("\n", "\r\n");

  private record Step(String start, String cseq, String toTag) {
    boolean isAnswer() {
      return start.startsWith("SIP/2.0");
    }

    /// An ACK to a 200 and a BYE are transactions of their own.
    String branch(String callId) {
      return callId.replaceAll("\\W", "") + cseq.replace(" ", "");
    }
  }

  private List<Step> setUp() {
    var tag = ";tag=callee";
    return List.of(
        new Step("INVITE sip:%s@example.com SIP/2.0".formatted(callee), "1 INVITE", ""),
        new Step("SIP/2.0 180 Ringing", "1 INVITE", tag),
        new Step("SIP/2.0 200 OK", "1 INVITE", tag),
        new Step("ACK sip:%s@10.0.0.2 SIP/2.0".formatted(callee), "1 ACK", tag));
  }

  private List<Step> tearDown() {
    var tag = ";tag=callee";
    return List.of(
        new Step("BYE sip:%s@10.0.0.2 SIP/2.0".formatted(callee), "2 BYE", tag),
        new Step("SIP/2.0 200 OK", "2 BYE", tag));
  }

  /// INVITE, 180, 200, ACK.
  List<String> answered(TestNode node) throws IOException {
    return send(node, setUp());
  }

  /// BYE, 200.
  List<String> ended(TestNode node) throws IOException {
    return send(node, tearDown());
  }

  /// On a TCP connection, as a datagram may be lost.
  ///
  /// @return the messages, in order
  private List<String> send(TestNode node, List<Step> steps) throws IOException {
    try (var socket = node.hepTcp()) {
      for (var step : steps) {
        socket.getOutputStream().write(hep(step));
      }
    }
    return steps.stream().map(this::sip).toList();
  }

  private String sip(Step step) {
    return step.start()
        + "\r\n"
        + REST.formatted(callId, caller, callee, step.cseq(), step.branch(callId), step.toTag());
  }

  private byte[] hep(Step step) {
    return Hep3Encoder.encode(
            new Hep.Packet(
                3,
                17,
                Transport.UDP,
                Endpoint.parse(step.isAnswer() ? CALLEE : CALLER).orElseThrow(),
                Endpoint.parse(step.isAnswer() ? CALLER : CALLEE).orElseThrow(),
                OptionalLong.of(CLOCK.addAndGet(1_000_000)),
                Hep.Packet.SIP,
                new Agent(2001, ""),
                "",
                "",
                Bytes.of(sip(step)),
                List.of()))
        .toArray();
  }
}
