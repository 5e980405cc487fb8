package io.sipscope.http.agents;

import java.util.OptionalLong;

/// How one source of captures beside HEP is doing, on its node.
///
/// @param kind what of: `live`, `redis`, `ami`
/// @param name tells two of a kind apart: `eth0`, `callytics:sip-capture`, `192.0.2.10:5038`
/// @param detail one sentence for people: why it is down, when it is tried again; may be empty
/// @param since nanoseconds since the epoch, when the condition began
/// @param received messages since the node started, whatever became of them
/// @param malformed what could not be read, of those
/// @param dropped what was lost before it could be read, as far as the source can tell
/// @param lastAt nanoseconds since the epoch, when the last message came
public record SourceState(
    String kind,
    String name,
    Condition condition,
    String detail,
    long since,
    long received,
    long malformed,
    long dropped,
    OptionalLong lastAt) {

  public enum Condition {
    /// Not connected yet, or not any more; it is tried again by itself.
    CONNECTING,
    UP,
    /// It is not tried again before somebody mends it.
    FAILED
  }
}
