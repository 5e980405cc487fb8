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
    if (index.asText().strip().equals(ALL)) {
      return Value.of(String.join(",", values));
    }
    var number = index.asNumber();
    if (number.isEmpty()) {
      return Value.Missing.NULL;
    }
    long at = number.getAsLong() < 0 ? number.getAsLong() + values.size() : number.getAsLong();
    return at < 0 || at >= values.size() ? Value.Missing.NULL : Value.of(values.get((int) at));
  }
}
