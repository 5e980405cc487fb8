package io.sipscope.node.script.functions;

import io.sipscope.persistence.trace.TraceType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a list of types says: `sip|xlog|rest`.
///
/// @param traced those that there is something to trace of here
/// @param others that OpenSIPS has, and of which there is nothing here
/// @param unknown that nobody has: they are passed over
record TraceTypes(Set<TraceType> traced, List<String> others, List<String> unknown) {
  private static final Set<String> ELSEWHERE = Set.of("mi", "net", "control", "script");

  /// SIP when it says nothing.
  static TraceTypes of(String text) {
    if (text.isBlank()) {
      return new TraceTypes(TraceType.USUAL, List.of(), List.of());
    }
    var traced = EnumSet.noneOf(TraceType.class);
    var others = new ArrayList<String>();
    var unknown = new ArrayList<String>();
    for (var part : text.split("\\|", -1)) {
      var name = part.strip().toLowerCase(Locale.ROOT);
      var type = TraceType.of(name);
      if (type.isPresent()) {
        traced.add(type.get());
      } else {
        (ELSEWHERE.contains(name) ? others : unknown).add(name);
      }
    }
    return new TraceTypes(traced, others, unknown);
  }

  /// Whether nothing of it means anything.
  boolean isNone() {
    return traced.isEmpty() && others.isEmpty();
  }
}
