package io.sipscope.persistence.trace;

/// One thing that was switched, as it is kept and replicated: of two of one name the later counts.
///
/// @param name [#GLOBAL], [#ID] and an id, or [#DYNAMIC] and a route
/// @param written nanoseconds since the epoch, made later than what it replaces
public record TraceEntry(String name, long written, Value value) {
  static final String GLOBAL = "on";
  static final String ID = "id:";
  static final String DYNAMIC = "dynamic:";

  public sealed interface Value {}

  public record Flag(boolean on) implements Value {}

  public record Running(DynamicTrace trace) implements Value {}

  /// Stands for what was taken away, so that nobody's older entry brings it back.
  public record Gone() implements Value {}

  boolean isLaterThan(TraceEntry other) {
    return other == null || written > other.written;
  }
}
