package io.sipscope.http.script;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The script that runs on a node.
///
/// @param file null when the node has none
/// @param loadedAt when it began to run (RFC 3339); null when none does
/// @param text as it was read then
/// @param node its address
/// @param hits how often a line ran since profiling was switched on, by its number
public record ScriptState(
    String file,
    String loadedAt,
    String text,
    String node,
    boolean profiling,
    Map<Integer, Long> hits,
    List<Failure> failures,
    List<Complaint> warnings) {
  public ScriptState {
    hits = Collections.unmodifiableSortedMap(new TreeMap<>(hits));
    failures = List.copyOf(failures);
    warnings = List.copyOf(warnings);
  }

  /// What went wrong at a place while it ran.
  public record Failure(
      String file, int line, int column, String message, long count, String lastAt) {}
}
