package io.sipscope.http.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sipscope.http.json.Rfc3339;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.sdp.Sdp;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// A message in the API's JSON. The names are a contract.
///
/// @param raw the SIP bytes in base64, where they were asked for
public record MessageJson(
    long seq,
    String time,
    String receivedAt,
    String transport,
    String source,
    String destination,
    String agent,
    String sourceKind,
    String trunk,
    String method,
    Integer status,
    String reason,
    Long cseq,
    String cseqMethod,
    String fromTag,
    String toTag,
    String branch,
    String callId,
    String key,
    int size,
    String sha256,
    boolean retransmission,
    String requestUri,
    String contentType,
    List<String> defects,
    SdpJson sdp,
    @JsonInclude(JsonInclude.Include.NON_NULL) String raw) {

  /// @param key of the dialog it belongs to
  /// @param trunk empty when it is of none
  public static MessageJson of(String key, Rung rung, String trunk, boolean raw) {
    var capture = rung.capture();
    var message = rung.message();
    boolean request = message.isRequest();
    var callId = message.callId();
    var cseq = message.cseq();
    return new MessageJson(
        rung.seq(),
        Rfc3339.text(capture.time()),
        Rfc3339.text(capture.receivedAt()),
        capture.transport().text(),
        capture.source().toString(),
        capture.destination().toString(),
        capture.agent().text(),
        capture.kind().name().toLowerCase(Locale.ROOT),
        trunk.isEmpty() ? null : trunk,
        request ? message.method() : null,
        request ? null : message.status(),
        request ? null : message.reason(),
        cseq.isPresent() ? cseq.number() : null,
        cseq.method(),
        message.fromTag(),
        message.toTag(),
        message.branch(),
        callId.isPresent() ? callId.text() : key,
        key,
        capture.sip().length(),
        capture.sip().sha256Hex(),
        rung.retransmission(),
        request ? message.requestUri() : null,
        message.contentType(),
        message.defects(),
        Sdp.parse(message.body()).map(SdpJson::of).orElse(null),
        raw ? Base64.getEncoder().encodeToString(capture.sip().toArray()) : null);
  }
}
