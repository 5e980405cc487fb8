package io.sipscope.http.live;

import io.sipscope.persistence.dialog.Traffic;

/// One per node: hands traffic that was just stored anywhere in the cluster to whoever watches
// here.
public final class LiveFeed {
  public sealed interface Command {}

  /// Traffic stored through this node; the feeds of the other nodes hear of it from this one.
  public record Publish(Traffic traffic) implements Command {}

  private LiveFeed() {}
}
