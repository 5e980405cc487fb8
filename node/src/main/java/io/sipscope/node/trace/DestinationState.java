package io.sipscope.node.trace;

/// How a destination is doing, on this node.
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
    Tally.Counts counts) {}
