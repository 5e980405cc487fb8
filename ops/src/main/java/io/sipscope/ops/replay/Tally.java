package io.sipscope.ops.replay;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What became of the messages of a replay. Mutable, as one replay owns it.
public final class Tally {
  private long taken;
  private long bytes;
  private final Map<String, Long> failures = new TreeMap<>();

  /// A message was handed to the network in so many bytes.
  void sent(long size) {
    taken++;
    bytes += size;
  }

  /// A message was not sent.
  void failed(String reason, long messages) {
    failures.merge(reason, messages, Long::sum);
  }

  /// A message that was handed to the network did not arrive.
  void lost(String reason) {
    taken--;
    failed(reason, 1);
  }

  /// Messages that nothing is known against.
  public long sent() {
    return taken;
  }

  /// Bytes handed to the network, HEP's own among them.
  public long bytes() {
    return bytes;
  }

  public long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  /// `2 failed: 1 refused (…), 1 too large for …`, or `0 failed`.
  public String failures() {
    var reasons =
        failures.entrySet().stream()
            .map(failure -> failure.getValue() + " " + failure.getKey())
            .collect(Collectors.joining(", "));
    return failed() + " failed" + (reasons.isEmpty() ? "" : ": " + reasons);
  }
}
