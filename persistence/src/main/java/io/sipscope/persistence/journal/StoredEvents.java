package io.sipscope.persistence.journal;

import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.index.DamageNotes;
import io.sipscope.persistence.wire.NewerVersion;
import java.io.NotSerializableException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.PersistentRepr$;
import org.apache.pekko.serialization.Serialization;
import scala.util.Failure;
import scala.util.Success;
import scala.util.Try;

/// Makes events of what the journal has. What it finds damaged, or of a newer version, it has noted
/// in the index, so that the dialog is shown as what it is.
public final class StoredEvents {
  private final Serialization serialization;
  private final DamageNotes notes;

  public StoredEvents(Serialization serialization, DamageNotes notes) {
    this.serialization = serialization;
    this.notes = notes;
  }

  /// As Pekko takes it. Fails when a newer version wrote it: then the dialog cannot start.
  public Try<PersistentRepr> event(JournalEntry entry) {
    try {
      return new Success<>(event(entry, read(entry)));
    } catch (NewerVersion e) {
      return new Failure<>(e);
    }
  }

  private static PersistentRepr event(JournalEntry entry, Dialog.Event payload) {
    return PersistentRepr$.MODULE$.apply(
        payload,
        entry.sequence(),
        entry.persistenceId(),
        /* manifest */ "",
        /* deleted */ false,
        ActorRef.noSender(),
        entry.writer());
  }

  /// [Dialog.Unread] where the event is damaged.
  ///
  /// @throws NewerVersion when a newer version wrote it
  public Dialog.Event read(JournalEntry entry) throws NewerVersion {
    try {
      var event = read(serialization, entry);
      if (event instanceof Dialog.Unread unread) {
        notes.note(Dialog.key(entry.persistenceId()), unread.sentence());
      }
      return event;
    } catch (NewerVersion e) {
      notes.note(Dialog.key(entry.persistenceId()), sentence(entry, e));
      throw e;
    }
  }

  /// What to say of a dialog with an event that a newer version wrote.
  public static String sentence(JournalEntry entry, NewerVersion why) {
    return "Its event "
        + entry.sequence()
        + " was written by a newer version of Sipscope: "
        + why.getMessage()
        + ".";
  }

  /// The same, noted nowhere.
  public static Dialog.Event read(Serialization serialization, JournalEntry entry)
      throws NewerVersion {
    var read =
        serialization.deserialize(entry.payload().toArray(), entry.serializer(), entry.manifest());
    if (read.isSuccess()) {
      return switch (read.get()) {
        case Dialog.Unread(_, var reason) -> new Dialog.Unread(entry.sequence(), reason);
        case Dialog.Event event -> event;
        case Object other -> new Dialog.Unread(entry.sequence(), "a " + other.getClass().getName());
      };
    }
    return switch (read.failed().get()) {
      case NewerVersion newer -> throw newer;
      case NotSerializableException damaged ->
          new Dialog.Unread(entry.sequence(), damaged.getMessage());
      case RuntimeException other -> throw other;
      case Throwable other -> throw new IllegalStateException(other);
    };
  }
}
