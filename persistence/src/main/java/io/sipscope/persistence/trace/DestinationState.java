package io.sipscope.persistence.trace;

/// How a destination is doing, on one node.
///
/// @param id of the trace
/// @param uri as configured, the password masked
/// @param up whether the last try to reach it went well
/// @param trouble why it is not up; empty when it is
/// @param since of being up or not, nanoseconds since the epoch
/// @param queued messages that wait in memory
/// @param spoolBytes what waits on the disk
public record DestinationState(
    String id,
    String uri,
    boolean isDynamic,
    boolean up,
    String trouble,
    long since,
    long queued,
    long spoolBytes,
    Counts counts) {
  /// The trouble of one that nobody has tried yet.
  public static final String NEW = "not reached yet";

  /// What became of its messages since the node started.
  ///
  /// @param retried those that did not go at the first try
  /// @param spooled those that were on the disk for a while
  public record Counts(long sent, long retried, long spooled, long dropped) {}
}
