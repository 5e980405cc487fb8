package io.sipscope.http.dialogs;

import io.sipscope.http.json.Millis;
import io.sipscope.http.json.Rfc3339;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.capture.Agent;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.LongUnaryOperator;

/// A dialog in the API's JSON. The names are a contract; the domain's records may change under it.
public record DialogJson(
    String callId,
    String key,
    String startedAt,
    String updatedAt,
    String endedAt,
    String phase,
    String method,
    String caller,
    String callee,
    String fromTag,
    List<String> toTags,
    String ruri,
    String source,
    String destination,
    List<String> addresses,
    String trunk,
    String userAgent,
    Integer status,
    long messages,
    long retransmissions,
    BigDecimal setupMs,
    BigDecimal ringMs,
    BigDecimal durationMs,
    List<String> agents,
    VerdictJson verdict,
    String damaged) {

  /// @param now nanoseconds since the epoch, to tell what has expired
  public static DialogJson of(DialogRow row, long now) {
    return of(row, now, LongUnaryOperator.identity());
  }

  /// @param seq see [VerdictJson#of]
  static DialogJson of(DialogRow row, long now, LongUnaryOperator seq) {
    var summary = row.summary();
    return new DialogJson(
        summary.callId().isEmpty() ? row.key() : summary.callId(),
        row.key(),
        Rfc3339.text(summary.startedAt()),
        Rfc3339.text(summary.updatedAt()),
        summary.endedAt().isPresent() ? Rfc3339.text(summary.endedAt().getAsLong()) : null,
        summary.phaseAt(now).text(),
        summary.method(),
        summary.caller(),
        summary.callee(),
        summary.fromTag(),
        summary.toTags(),
        summary.ruri(),
        summary.source().toString(),
        summary.destination().toString(),
        summary.addresses().stream().map(Object::toString).toList(),
        row.trunk().isEmpty() ? null : row.trunk(),
        summary.userAgent(),
        summary.status().isPresent() ? summary.status().getAsInt() : null,
        summary.messages(),
        summary.retransmissions(),
        Millis.orNull(summary.setup()),
        Millis.orNull(summary.ring()),
        Millis.orNull(summary.duration()),
        summary.agents().stream().map(Agent::text).toList(),
        VerdictJson.of(summary.verdict(), seq),
        row.damaged().isEmpty() ? null : row.damaged());
  }
}
