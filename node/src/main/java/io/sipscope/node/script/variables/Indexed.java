package io.sipscope.node.script.variables;

import io.sipscope.node.script.value.Value;
import java.util.List;

/// One of several values: the first without an index, `[1]` the second, `[-1]` the last, `[*]` all
/// with commas between them. Null for one that is not there.
final class Indexed {
  private static final String ALL = "*";

  private Indexed() {}

  static Value of(List<String> values, Value index) {
    if (values.isEmpty()) {
      return Value.Missing.NULL;
    }
    if (index.isNull()) {
      return Value.of(values.getFirst());
    }
    if (isAll(index)) {
      return Value.of(String.join(",", values));
    }
    int at = place(index, values.size());
    return at < 0 ? Value.Missing.NULL : Value.of(values.get(at));
  }

  static boolean isAll(Value index) {
    return !index.isNull() && index.asText().strip().equals(ALL);
  }

  /// @return below 0 when there is none
  static int place(Value index, int size) {
    long at = index.asNumber().orElse(size);
    long place = at < 0 ? at + size : at;
    return place < 0 || place >= size ? -1 : (int) place;
  }
}
