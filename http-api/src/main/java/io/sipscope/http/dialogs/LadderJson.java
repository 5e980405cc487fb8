package io.sipscope.http.dialogs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.sipscope.http.messages.MessageJson;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.dialog.CausalOrder;
import io.sipscope.protocol.dialog.Columns;
import io.sipscope.protocol.dialog.Rung;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// A ladder in the API's JSON, in sngrep's words: columns are hosts, arrows are messages.
///
/// @param legs the dialogs that are drawn, the asked one first
/// @param truncated whether there are more messages than are drawn
record LadderJson(
    DialogJson dialog,
    List<ColumnJson> columns,
    List<ArrowJson> arrows,
    VerdictJson verdict,
    List<LegJson> legs,
    boolean truncated) {

  /// @param address what the host was first seen as
  /// @param name what people call it; the address itself where nobody said
  /// @param addresses all that it was seen as
  record ColumnJson(String address, String name, List<String> addresses) {}

  record LegJson(String key, String callId, String caller, String callee) {}

  /// A message and the columns it runs between, counted from 0.
  ///
  /// @param label `INVITE`, `180 Ringing`
  /// @param leg which of the ladder's dialogs it is of, counted from 0
  record ArrowJson(int from, int to, String label, int leg, @JsonUnwrapped MessageJson message) {}

  /// @param parts what is drawn of each dialog, the first being that of `then`
  /// @param at nanoseconds since the epoch, to tell what had expired by then
  static LadderJson of(
      DialogReader.DialogAt then, List<LadderReader.Part> parts, HostNames names, long at) {
    var all = new ArrayList<Rung>();
    var legs = new IdentityHashMap<Rung, Integer>();
    for (int leg = 0; leg < parts.size(); leg++) {
      for (var rung : parts.get(leg).read().rungs()) {
        all.add(rung);
        legs.put(rung, leg);
      }
    }
    var ordered = CausalOrder.sort(all);
    var columns = Columns.of(ordered, names::alias);
    var dialog = DialogJson.of(then.row(), at, then.seq());
    return new LadderJson(
        dialog,
        columns.columns().stream().map(column -> column(column, names)).toList(),
        ordered.stream()
            .map(
                rung ->
                    arrow(
                        parts.get(legs.get(rung)).row().key(),
                        legs.get(rung),
                        rung,
                        columns,
                        names))
            .toList(),
        dialog.verdict(),
        parts.stream().map(part -> leg(part.row())).toList(),
        parts.stream().anyMatch(LadderReader.Part::truncated));
  }

  private static ColumnJson column(Columns.Column column, HostNames names) {
    return new ColumnJson(
        column.address(),
        column.alias().or(() -> names.trunk(column.first())).orElse(column.address()),
        column.addresses());
  }

  private static LegJson leg(DialogRow row) {
    var summary = row.summary();
    return new LegJson(
        row.key(),
        summary.callId().isEmpty() ? row.key() : summary.callId(),
        summary.caller(),
        summary.callee());
  }

  private static ArrowJson arrow(String key, int leg, Rung rung, Columns columns, HostNames names) {
    var message = rung.message();
    return new ArrowJson(
        columns.indexOf(rung.capture().source()),
        columns.indexOf(rung.capture().destination()),
        message.isRequest()
            ? message.method()
            : (message.status() + " " + message.reason()).strip(),
        leg,
        MessageJson.of(key, rung, names.trunk(rung), false));
  }
}
