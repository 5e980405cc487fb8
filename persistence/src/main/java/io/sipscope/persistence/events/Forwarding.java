package io.sipscope.persistence.events;

import io.sipscope.persistence.events.Subscriptions.Command;
import io.sipscope.persistence.events.Subscriptions.Forward;
import io.sipscope.persistence.events.Subscriptions.Reached;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/// What this node forwards to another: numbered, and kept until the other says that it has it. What
/// it never said so of, this node tells itself once the other is gone. Called by many threads.
final class Forwarding {
  /// What is kept comes to its subscribers at once, and a socket's queue (`sipscope.events.queue`)
  /// has room for as many by default.
  static final int MOST = 1_000;

  /// Far fewer than are kept, so that room is made long before it is needed.
  static final int ACKNOWLEDGED_EACH = 100;

  /// Which one it is of all that a node forwards to another. Crosses nodes.
  ///
  /// @param from the node, by address and incarnation
  /// @param stream anew each time the node begins to forward
  /// @param number within the stream, from 1
  /// @param acknowledged up to where the node knows that the other has them
  record Place(String from, long stream, long number, long acknowledged) {}

  /// What the other never said it has.
  ///
  /// @param lost what there was no room for
  record Left(List<Forward> kept, long lost) {
    Left {
      kept = List.copyOf(kept);
    }
  }

  private final String from;
  private final long stream;
  private final Consumer<Command> node;
  private final ArrayDeque<Forward> kept = new ArrayDeque<>();
  private long number;
  private long acknowledged;
  private boolean hasEnded;

  /// @param from this node
  /// @param node takes what goes to the other, and never waits
  Forwarding(String from, long stream, Consumer<Command> node) {
    this.from = from;
    this.stream = stream;
    this.node = node;
  }

  /// Never waits. It is sent under the lock, as the other takes a number too high for a loss.
  ///
  /// @return whether it was; not when the other is gone
  synchronized boolean forward(List<Subscription> subscriptions, Event event) {
    if (hasEnded) {
      return false;
    }
    number++;
    var forward = new Forward(place(), subscriptions, event);
    if (kept.size() < MOST) {
      kept.add(forward);
    }
    node.accept(forward);
    return true;
  }

  /// Tells the other how far it should have come, as the last ones or its word may be lost.
  synchronized void remind() {
    if (acknowledged < number) {
      node.accept(new Reached(place()));
    }
  }

  /// The other has all up to a number, or knows that they are lost.
  synchronized void acknowledged(long ofStream, long upTo) {
    if (ofStream != stream) {
      return;
    }
    acknowledged = Math.max(acknowledged, upTo);
    while (!kept.isEmpty() && kept.getFirst().place().number() <= acknowledged) {
      kept.removeFirst();
    }
  }

  /// The other is gone.
  synchronized Left end() {
    hasEnded = true;
    return new Left(List.copyOf(kept), number - acknowledged - kept.size());
  }

  private Place place() {
    return new Place(from, stream, number, acknowledged);
  }
}
