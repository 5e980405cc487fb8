package io.sipscope.persistence.events;

import java.util.OptionalLong;

/// Somebody who watches events as they happen.
@FunctionalInterface
public interface EventSeat {

  /// What a watcher is shown.
  sealed interface Shown {}

  /// @param id larger than those before, on whatever node: microseconds since the epoch about when
  ///     this node heard of it
  record Noted(long id, Happened happened) implements Shown {}

  /// Events are missing here: so many, or an unknown number.
  record Gap(OptionalLong count) implements Shown {}

  /// Never waits; false when it has no room.
  boolean take(Shown shown);
}
