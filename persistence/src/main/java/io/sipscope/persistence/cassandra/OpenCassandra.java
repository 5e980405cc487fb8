package io.sipscope.persistence.cassandra;

import io.sipscope.persistence.index.DamageNotes;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;

/// Where the journal plugin, which Pekko makes, finds what it writes and reads with, which the
/// store makes.
final class OpenCassandra implements Extension {
  private static final Id ID = new Id();

  private record Open(CassandraWriter writer, DialogPartition dialogs, DamageNotes notes) {}

  private final AtomicReference<Open> open = new AtomicReference<>();

  private OpenCassandra() {}

  static OpenCassandra of(ActorSystem system) {
    return ID.get(system);
  }

  /// To be called once, before the first persistent actor starts.
  void use(CassandraWriter writer, DialogPartition dialogs, DamageNotes notes) {
    if (!open.compareAndSet(null, new Open(writer, dialogs, notes))) {
      throw new IllegalStateException("the journal of this system is open already");
    }
  }

  CassandraWriter writer() {
    return open().writer();
  }

  DialogPartition dialogs() {
    return open().dialogs();
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

  private static final class Id extends AbstractExtensionId<OpenCassandra> {
    @Override
    public OpenCassandra createExtension(ExtendedActorSystem system) {
      return new OpenCassandra();
    }
  }
}
