package io.sipscope.node.ingest;

import io.sipscope.node.Setting;
import java.time.Duration;

/// How much is held, and for how long, between the sockets and the journal.
///
/// @param window the longest a message waits for others of its dialog
/// @param burstMessages the most messages in one journal row
/// @param burstBytes the most bytes in one journal row, unless a single message is larger
/// @param messages the most messages held in all; then the sources are not asked for more
/// @param bytes the most bytes held in all, likewise
/// @param askTimeout how long the dialog may take to store a burst before it is asked again
/// @param retryFirst the pause before the first repetition; it doubles each time
/// @param retryLongest the longest such pause
public record IngestSettings(
    Duration window,
    int burstMessages,
    int burstBytes,
    int messages,
    long bytes,
    Duration askTimeout,
    Duration retryFirst,
    Duration retryLongest) {

  public static IngestSettings from(Setting setting) {
    return new IngestSettings(
        setting.duration(
            "sipscope.ingest.burst-window", Duration.ofMillis(1), Duration.ofSeconds(10)),
        setting.count("sipscope.ingest.burst-messages", 1, 10_000),
        Math.toIntExact(setting.bytes("sipscope.ingest.burst-bytes", 1_024, 768 * 1_024)),
        setting.count("sipscope.ingest.in-flight", 1, 1_000_000),
        setting.bytes("sipscope.ingest.in-flight-bytes", 1 << 20, Long.MAX_VALUE),
        setting.duration(
            "sipscope.ingest.ask-timeout", Duration.ofMillis(100), Duration.ofMinutes(5)),
        setting.duration(
            "sipscope.ingest.retry-first", Duration.ofMillis(10), Duration.ofMinutes(1)),
        setting.duration(
            "sipscope.ingest.retry-longest", Duration.ofMillis(10), Duration.ofMinutes(10)));
  }
}
