package io.sipscope.protocol.legs;

import io.sipscope.protocol.link.Link;
import io.sipscope.protocol.net.Endpoint;
import java.util.Comparator;

/// A link of a dialog, and its first message that says so.
///
/// @param seq the message's number in its dialog
/// @param time of the message, nanoseconds since the epoch
/// @param sender of the message
record SeenLink<L extends Link>(L link, long seq, long time, Endpoint sender) {
  static final Comparator<SeenLink<?>> ORDER =
      Comparator.<SeenLink<?>>comparingLong(SeenLink::time)
          .thenComparingLong(SeenLink::seq)
          .thenComparing(seen -> seen.link().toString());

  static <L extends Link> SeenLink<L> earlier(SeenLink<L> one, SeenLink<L> other) {
    return ORDER.compare(one, other) <= 0 ? one : other;
  }
}
