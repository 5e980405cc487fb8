package io.sipscope.node.script.functions;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Lets a sentence be said once a minute, so that a flood of messages does not flood the log.
final class OncePerMinute {
  /// Sentences made of what messages say must not fill the memory: beyond, nothing is said.
  static final int MOST = 1_000;

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final Map<String, Long> said = new ConcurrentHashMap<>();

  /// @param now nanoseconds
  boolean isDue(String sentence, long now) {
    if (said.size() >= MOST) {
      said.values().removeIf(last -> now - last >= MINUTE);
    }
    var last = said.get(sentence);
    if (last == null ? said.size() >= MOST : now - last < MINUTE) {
      return false;
    }
    said.put(sentence, now);
    return true;
  }
}
