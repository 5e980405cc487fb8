package io.sipscope.node.script.compile;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// What was probably meant by a name that nobody knows.
final class Nearest {
  /// Letters that may differ.
  private static final int FARTHEST = 2;

  /// Longer names are not looked at: comparing takes the product of their lengths.
  private static final int LONGEST = 64;

  private Nearest() {}

  /// @return ` (is 'x' meant?)`, or nothing
  static String to(String name, String prefix, Collection<String> known) {
    if (name.length() > LONGEST) {
      return "";
    }
    return known.stream()
        .filter(other -> distance(name, other) <= Math.min(FARTHEST, (name.length() + 1) / 2))
        .min(
            Comparator.comparingInt((String other) -> distance(name, other))
                .thenComparing(other -> other))
        .map(other -> " (is '" + prefix + other + "' meant?)")
        .orElse("");
  }

  private static int distance(String one, String other) {
    var left = one.toLowerCase(Locale.ROOT);
    var right = other.toLowerCase(Locale.ROOT);
    var row = new int[right.length() + 1];
    for (var j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (var i = 1; i <= left.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j < row.length; j++) {
        var above = row[j];
        var change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], above) + 1, diagonal + change);
        diagonal = above;
      }
    }
    return row[row.length - 1];
  }
}
