package io.sipscope.node;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.Hep3Encoder;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import java.util.List;
import java.util.OptionalLong;

/// Messages of a dialog between a caller at 10.0.0.1 and a callee at 10.0.0.2, as HEP.
///
/// @param callId of the dialog
/// @param start when it begins, nanoseconds since the epoch
public record Sip(String callId, long start) {
  private static final long MILLI = 1_000_000L;

  /// @param at milliseconds after the start
  public byte[] request(long at, String method, int cseq, String toTag) {
    return request(at, method, cseq, toTag, "");
  }

  /// @param headers more of them, each with its line's end
  public byte[] request(long at, String method, int cseq, String toTag, String headers) {
    return hep(
        at,
        true,
        method + " sip:bob@example.com SIP/2.0\r\n" + common(method, cseq, toTag, headers));
  }

  public byte[] reply(long at, int status, String method, int cseq, String headers) {
    return hep(at, false, "SIP/2.0 " + status + " So\r\n" + common(method, cseq, "b", headers));
  }

  public byte[] reply(long at, int status, String method, int cseq) {
    return reply(at, status, method, cseq, "");
  }

  private String common(String method, int cseq, String toTag, String headers) {
    return """
    Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK%1$s%2$s%3$d
    From: <sip:alice@example.com>;tag=a
    To: <sip:bob@example.com>%4$s
    Call-ID: %1$s
    CSeq: %3$d %2$s
    """
            .formatted(callId, method, cseq, toTag.isEmpty() ? "" : ";tag=" + toTag)
            .replace("\n", "\r\n")
        + headers
        + "Content-Length: 0\r\n\r\n";
  }

  private byte[] hep(long at, boolean byCaller, String sip) {
    var caller = Endpoint.parse("10.0.0.1:5060").orElseThrow();
    var callee = Endpoint.parse("10.0.0.2:5060").orElseThrow();
    return Hep3Encoder.encode(
            new Hep.Packet(
                3,
                17,
                Transport.UDP,
                byCaller ? caller : callee,
                byCaller ? callee : caller,
                OptionalLong.of(start + at * MILLI),
                Hep.Packet.SIP,
                new Agent(2001, "edge one"),
                "",
                "",
                Bytes.of(sip),
                List.of()))
        .toArray();
  }
}
