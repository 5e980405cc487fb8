package io.sipscope.node.script.compile;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What was probably meant by names that nobody knows.
final class Nearest {
  /// Names that are looked for: whatever has more unknown ones is no script, and each takes a
  // while.
  private static final int MOST = 1_000;

  /// Letters that may differ.
  private static final int FARTHEST = 2;

  /// Longer names are not looked at: comparing takes the product of their lengths.
  private static final int LONGEST = 64;

  private final String prefix;
  private final List<Collection<String>> known;
  private final Map<String, String> answers = new HashMap<>();

  /// @param prefix written before what is meant
  /// @param known names, which may become more; those of the first are meant before the next
  Nearest(String prefix, List<Collection<String>> known) {
    this.prefix = prefix;
    this.known = known;
  }

  Nearest(String prefix, Collection<String> known) {
    this(prefix, List.of(known));
  }

  /// @return ` (is 'x' meant?)`, or nothing
  String to(String name) {
    return name.length() > LONGEST || (answers.size() >= MOST && !answers.containsKey(name))
        ? ""
        : answers.computeIfAbsent(name, this::look);
  }

  private String look(String name) {
    return known.stream()
        .flatMap(names -> nearest(name, names).stream())
        .findFirst()
        .map(other -> " (is '" + prefix + other + "' meant?)")
        .orElse("");
  }

  private static Optional<String> nearest(String name, Collection<String> known) {
    return known.stream()
        .filter(other -> Math.abs(name.length() - other.length()) <= FARTHEST)
        .filter(other -> distance(name, other) <= Math.min(FARTHEST, (name.length() + 1) / 2))
        .min(
            Comparator.comparingInt((String other) -> distance(name, other))
                .thenComparing(other -> other));
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
