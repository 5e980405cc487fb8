package io.sipscope.node.sources;

import java.time.Duration;

/// How long to wait before something is tried again: twice as long each time, up to a longest, and
/// from the start once it went well.
public final class Backoff {
  private final Duration first;
  private final Duration longest;
  private Duration next;

  public Backoff(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  public void wentWell() {
    next = first;
  }

  /// The pause before the next attempt.
  public Duration pause() {
    var pause = next;
    var doubled = next.multipliedBy(2);
    next = doubled.compareTo(longest) > 0 ? longest : doubled;
    return pause;
  }
}
