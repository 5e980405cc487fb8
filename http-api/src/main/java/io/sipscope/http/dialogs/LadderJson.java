package io.sipscope.http.dialogs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.sipscope.http.messages.MessageJson;
import io.sipscope.protocol.dialog.CausalOrder;
import io.sipscope.protocol.dialog.Columns;
import io.sipscope.protocol.dialog.Rung;
import java.util.List;
import java.util.function.Function;

/// A ladder in the API's JSON, in sngrep's words: columns are addresses, arrows are messages.
///
/// @param truncated whether the dialog has more messages than are drawn
record LadderJson(
    DialogJson dialog,
    List<ColumnJson> columns,
    List<ArrowJson> arrows,
    VerdictJson verdict,
    boolean truncated) {

  /// @param name what people call that address; the address itself where nobody said
  record ColumnJson(String address, String name) {}

  /// A message and the columns it runs between, counted from 0.
  ///
  /// @param label `INVITE`, `180 Ringing`
  record ArrowJson(int from, int to, String label, @JsonUnwrapped MessageJson message) {}

  /// @param trunk of a message, empty when none
  /// @param at nanoseconds since the epoch, to tell what had expired by then
  static LadderJson of(
      DialogReader.DialogAt then,
      List<Rung> rungs,
      Function<Rung, String> trunk,
      boolean truncated,
      long at) {
    var ordered = CausalOrder.sort(rungs);
    var columns = Columns.of(ordered);
    var dialog = DialogJson.of(then.row(), at, then.seq());
    return new LadderJson(
        dialog,
        columns.addresses().stream().map(address -> new ColumnJson(address, address)).toList(),
        ordered.stream().map(rung -> arrow(then.row().key(), rung, trunk, columns)).toList(),
        dialog.verdict(),
        truncated);
  }

  private static ArrowJson arrow(
      String key, Rung rung, Function<Rung, String> trunk, Columns columns) {
    var message = rung.message();
    return new ArrowJson(
        columns.indexOf(rung.capture().source()),
        columns.indexOf(rung.capture().destination()),
        message.isRequest()
            ? message.method()
            : (message.status() + " " + message.reason()).strip(),
        MessageJson.of(key, rung, trunk.apply(rung), false));
  }
}
