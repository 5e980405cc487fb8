package io.sipscope.persistence.journal;

import io.sipscope.persistence.index.DamageNotes;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;

/// Where the journal plugin, which Pekko makes, finds the writer, the reader and the notes, which
/// the store makes.
public final class OpenJournal implements Extension {
  private static final Id ID = new Id();

  private record Open(JournalWriter writer, JournalReader reader, DamageNotes notes) {}

  private final AtomicReference<Open> open = new AtomicReference<>();

  private OpenJournal() {}

  public static OpenJournal of(ActorSystem system) {
    return ID.get(system);
  }

  /// To be called once, before the first persistent actor starts.
  public void use(JournalWriter writer, JournalReader reader, DamageNotes notes) {
    if (!open.compareAndSet(null, new Open(writer, reader, notes))) {
      throw new IllegalStateException("the journal of this system is open already");
    }
  }

  JournalWriter writer() {
    return open().writer();
  }

  JournalReader reader() {
    return open().reader();
  }

  DamageNotes notes() {
    return open().notes();
  }

  private Open open() {
    var now = open.get();
    if (now == null) {
      throw new IllegalStateException("the store of this system is not open");
    }
    return now;
  }

  private static final class Id extends AbstractExtensionId<OpenJournal> {
    @Override
    public OpenJournal createExtension(ExtendedActorSystem system) {
      return new OpenJournal();
    }
  }
}
