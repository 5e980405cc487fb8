package io.sipscope.protocol.dialog;

import java.util.OptionalLong;

/// One request of a dialog on all its hops and forks, and what came of it, as statistics count it:
/// once. An ACK is none.
///
/// @param inDialog the request has a To-tag: it changes a dialog and creates none
/// @param requested when it was first sent, at the hop nearest to its sender; empty when only
///     answers were seen. Times are nanoseconds since the epoch
/// @param indicated when a provisional reply other than 100 first came back
/// @param answered when the final reply came back
/// @param status of the final reply; 0 while there is none
/// @param passing what a proxy did with the final reply
/// @param hops how many hops it was seen on, forks included
/// @param replies replies that were seen on all of them
/// @param resentRequests requests among what was seen that had been sent before
/// @param resentReplies replies, likewise
public record Transaction(
    String method,
    boolean inDialog,
    OptionalLong requested,
    OptionalLong indicated,
    OptionalLong answered,
    int status,
    Passing passing,
    int hops,
    long replies,
    long resentRequests,
    long resentReplies) {

  /// What became of a final reply at a proxy.
  public enum Passing {
    /// Seen on one hop only: it cannot be told.
    UNKNOWN,
    /// What the sender got is what some next hop said.
    RELAYED,
    /// What the sender got is not: the proxy answered itself.
    LOCAL
  }

  /// When it counts as timed out without a final reply (RFC 3261 §16.6 Timer C, §17.1.2.2 Timer F).
  public OptionalLong expiresAt() {
    return status != 0 || requested.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            requested.getAsLong()
                + (method.equals("INVITE") ? Conversation.CALL_SETUP : Conversation.ANSWER));
  }

  /// From the request to some later moment, never negative, as agents' clocks differ; empty when
  /// either was not seen.
  public OptionalLong until(OptionalLong moment) {
    return requested.isPresent() && moment.isPresent()
        ? OptionalLong.of(Math.max(0, moment.getAsLong() - requested.getAsLong()))
        : OptionalLong.empty();
  }
}
