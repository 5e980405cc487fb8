package io.sipscope.persistence.trace;

/// Takes traced messages to the destinations of their trace_id. Never blocks, never fails: what
/// has no room is dropped there, and counted. Called by many threads, in the order of a dialog by
/// each dialog.
@FunctionalInterface
public interface TraceSink {
  /// For a node, or a test, that traces nothing.
  TraceSink NOWHERE = _ -> {};

  void trace(TracedMessage message);

  /// Whether a message of that trace_id would be taken rather than dropped just now. Asked by what
  /// can wait, such as a replay of stored dialogs, which is not to push live messages out.
  default boolean hasRoom(String traceId) {
    return true;
  }
}
