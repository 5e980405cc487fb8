package io.sipscope.persistence.trace;

/// Takes traced messages to the destinations of their trace_id. Never blocks, never fails: what
/// has no room is dropped there, and counted. Called by many threads, in the order of a dialog by
/// each dialog.
@FunctionalInterface
public interface TraceSink {
  /// For a node, or a test, that traces nothing.
  TraceSink NOWHERE = _ -> {};

  void trace(TracedMessage message);

  /// Whether the destinations of a trace_id keep up: who has much to trace at once, as a replay,
  /// waits while they do not.
  default boolean hasRoom(String traceId) {
    return true;
  }
}
