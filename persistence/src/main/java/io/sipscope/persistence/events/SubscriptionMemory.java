package io.sipscope.persistence.events;

import io.sipscope.persistence.notes.Note;
import io.sipscope.persistence.notes.NoteStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps subscriptions in the store, so that they outlive every node. Nobody waits for it: while
/// the store is away a subscription holds all the same, for as long as there is a node.
final class SubscriptionMemory {
  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionMemory.class);
  private static final String KIND = "event-subscription";

  private final NoteStore notes;

  SubscriptionMemory(NoteStore notes) {
    this.notes = notes;
  }

  /// What was kept; what cannot be read is left out.
  CompletionStage<List<Subscription>> read() {
    return notes
        .read(KIND)
        .thenApply(kept -> kept.stream().flatMap(note -> read(note).stream()).toList());
  }

  /// Keeps it, or forgets what was kept when it is one that ends the subscription.
  void keep(Subscription subscription) {
    if (subscription.expire() == 0) {
      forget(subscription);
    } else {
      notes
          .keep(new Note(KIND, subscription.key(), subscription.subscribedAt(), text(subscription)))
          .whenComplete((_, failure) -> told(subscription, failure));
    }
  }

  /// Permanent ones were never kept.
  void forget(Subscription subscription) {
    if (!subscription.permanent()) {
      notes
          .forget(KIND, subscription.key(), subscription.subscribedAt())
          .whenComplete((_, failure) -> told(subscription, failure));
    }
  }

  private static void told(Subscription subscription, Throwable failure) {
    if (failure != null) {
      LOG.warn(
          "the store does not know yet of the subscription of {}: {}",
          subscription.key(),
          failure.toString());
    }
  }

  /// `expire era owner`; the rest is in the note's own name and time.
  private static String text(Subscription subscription) {
    return subscription.expire() + " " + subscription.era() + " " + subscription.owner();
  }

  private static Optional<Subscription> read(Note note) {
    var name = note.name().split(" ", 2);
    var fields = note.text().split(" ", 3);
    var socket =
        name.length == 2 ? SubscriberSocket.parse(name[1]) : Optional.<SubscriberSocket>empty();
    if (socket.isEmpty() || fields.length < 3 || !fields[0].matches("\\d{1,10}")) {
      LOG.warn("the subscription {} that was kept cannot be read", note.name());
      return Optional.empty();
    }
    return Optional.of(
        new Subscription(
            name[0],
            socket.get(),
            note.written(),
            (int) Math.min(Long.parseLong(fields[0]), Integer.MAX_VALUE),
            fields[1].equals("TEXT") ? Subscription.Era.TEXT : Subscription.Era.JSON,
            fields[2],
            /* permanent */ false));
  }
}
