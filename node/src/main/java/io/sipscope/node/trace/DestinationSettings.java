package io.sipscope.node.trace;

import io.sipscope.node.Setting;
import java.nio.file.Path;
import java.time.Duration;

/// How much waits for each destination, where and for how long, and how it is reached.
///
/// @param window the longest a message waits for others, to be delivered at once with them
/// @param batchMessages the most messages delivered at once
/// @param batchBytes the most bytes of them, unless a single message is larger
/// @param queueMessages the most messages that wait in memory
/// @param queueBytes the most bytes of them
/// @param retryFirst the pause before the first repetition; it doubles each time
/// @param retryLongest the longest such pause
/// @param connectTimeout how long a destination may take to be reached
/// @param writeTimeout how long it may take nothing before it counts as gone
/// @param spoolFolder of its own for each node; made when it is needed
/// @param spoolBytes the most of the disk for each destination; 0 when there is to be none
/// @param spoolAfter how long nothing was taken when it begins
/// @param captureId what HEP 2 and 3 say of who sent it
/// @param tlsTrust a PEM file of certificates to trust; empty = those of the JVM
public record DestinationSettings(
    Duration window,
    int batchMessages,
    int batchBytes,
    int queueMessages,
    long queueBytes,
    Duration retryFirst,
    Duration retryLongest,
    Duration connectTimeout,
    Duration writeTimeout,
    Path spoolFolder,
    long spoolBytes,
    Duration spoolAfter,
    long captureId,
    String tlsTrust) {

  private static final String KEY = "sipscope.trace.destinations.";

  public static DestinationSettings from(Setting setting) {
    var folder = setting.text(KEY + "spool.folder");
    return new DestinationSettings(
        setting.duration(KEY + "window", Duration.ofMillis(1), Duration.ofSeconds(10)),
        setting.count(KEY + "batch-messages", 1, 10_000),
        Math.toIntExact(setting.bytes(KEY + "batch-bytes", 1_024, 16 << 20)),
        setting.count(KEY + "queue", 1, 1_000_000),
        setting.bytes(KEY + "queue-bytes", 1 << 20, Long.MAX_VALUE),
        setting.duration(KEY + "retry-first", Duration.ofMillis(10), Duration.ofMinutes(1)),
        setting.duration(KEY + "retry-longest", Duration.ofMillis(10), Duration.ofMinutes(10)),
        setting.duration(KEY + "connect-timeout", Duration.ofMillis(100), Duration.ofMinutes(1)),
        setting.duration(KEY + "write-timeout", Duration.ofMillis(100), Duration.ofMinutes(5)),
        folder.isBlank()
            ? Path.of(setting.text("sipscope.data-dir")).resolve("trace-spool")
            : Path.of(folder),
        setting.bytes(KEY + "spool.bytes", 0, Long.MAX_VALUE),
        setting.duration(KEY + "spool.after", Duration.ofMillis(100), Duration.ofMinutes(1)),
        setting.bytes(KEY + "hep-capture-id", 0, 0xffff_ffffL),
        setting.text(KEY + "tls.trust"));
  }

  /// The same, with nothing on the disk.
  public DestinationSettings withoutSpool() {
    return new DestinationSettings(
        window,
        batchMessages,
        batchBytes,
        queueMessages,
        queueBytes,
        retryFirst,
        retryLongest,
        connectTimeout,
        writeTimeout,
        spoolFolder,
        0,
        spoolAfter,
        captureId,
        tlsTrust);
  }
}
