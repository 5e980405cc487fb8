package io.sipscope.node.script.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/// How often what happened, by what it is: at most [#MOST] kinds, what comes beyond is counted
/// together. Used by one thread.
///
/// @param <T> a kind
final class Tally<T> {
  /// As many as somebody reads; a script may make names of what strangers send.
  static final int MOST = 1_000;

  private final Map<T, Long> counts = new LinkedHashMap<>();
  private final T others;

  /// @param others stands for all beyond
  Tally(T others) {
    this.others = others;
  }

  void count(T kind) {
    counts.merge(counts.containsKey(kind) || counts.size() < MOST ? kind : others, 1L, Long::sum);
  }

  /// In the order in which they were met.
  Map<T, Long> counts() {
    return counts;
  }
}
