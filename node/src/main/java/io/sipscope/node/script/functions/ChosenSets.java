package io.sipscope.node.script.functions;

import io.sipscope.http.script.DispatcherSets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The sets that a call names: `1`, `1, 2`, and in 2.x with the partition before them,
/// `default : 1`.
///
/// @param partition empty for the usual one
record ChosenSets(String partition, List<Integer> numbers) {
  /// As many sets in one call.
  static final int MAX_SETS = 100;

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /// Empty when the text names none.
  static Optional<ChosenSets> of(String text) {
    int colon = text.indexOf(':');
    var numbers = new ArrayList<Integer>();
    for (var part : text.substring(colon + 1).split(",", MAX_SETS)) {
      if (!NUMBER.matcher(part.strip()).matches()) {
        return Optional.empty();
      }
      numbers.add(Integer.valueOf(part.strip()));
    }
    var partition = colon < 0 ? "" : text.substring(0, colon).strip();
    return Optional.of(new ChosenSets(partition, List.copyOf(numbers)));
  }

  /// @param given as an argument of its own, as 3.x has it
  boolean isIn(String given) {
    return isUsual(partition) && isUsual(given);
  }

  static boolean isUsual(String partition) {
    return partition.isBlank() || partition.strip().equals(DispatcherSets.PARTITION);
  }
}
