package io.sipscope.node.events;

import io.sipscope.node.Setting;
import java.time.Duration;
import java.util.List;

/// @param names events of the operator's own, which MI may raise
/// @param queue events that may wait for one socket
/// @param timeout how long a connection may take to open, and a subscriber to take an event
public record EventSettings(List<String> names, int queue, Duration timeout) {
  public EventSettings {
    names = List.copyOf(names);
  }

  /// Reads `sipscope.events`.
  public static EventSettings from(Setting setting) {
    return new EventSettings(
        setting.texts("sipscope.events.names"),
        setting.count("sipscope.events.queue", 1, 1_000_000),
        setting.duration("sipscope.events.timeout", Duration.ofMillis(50), Duration.ofMinutes(1)));
  }
}
