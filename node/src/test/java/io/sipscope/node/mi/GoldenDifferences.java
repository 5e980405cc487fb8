package io.sipscope.node.mi;

import java.util.Map;
import java.util.stream.Stream;

/// Where a node answers otherwise than the OpenSIPS of the corpus, and why.
final class GoldenDifferences {
  /// What the one of the corpus was set to.
  static final String SETTINGS = "";

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("mi-2.4/dgram-garbage", "3.x answers 400 Parse_error on the same socket"));

  private GoldenDifferences() {}

  static boolean isExplained(String name) {
    return REASONS.containsKey(name);
  }

  static Stream<String> names() {
    return REASONS.keySet().stream();
  }
}
