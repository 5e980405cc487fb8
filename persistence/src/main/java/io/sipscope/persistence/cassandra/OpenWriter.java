package io.sipscope.persistence.cassandra;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;

/// Where the journal plugin, which Pekko makes, finds the writer, which the store makes.
final class OpenWriter implements Extension {
  private static final Id ID = new Id();

  private final AtomicReference<CassandraWriter> writer = new AtomicReference<>();

  private OpenWriter() {}

  static OpenWriter of(ActorSystem system) {
    return ID.get(system);
  }

  /// To be called once, before the first persistent actor starts.
  void writeWith(CassandraWriter chosen) {
    if (!writer.compareAndSet(null, chosen)) {
      throw new IllegalStateException("the journal of this system is open already");
    }
  }

  CassandraWriter writer() {
    var open = writer.get();
    if (open == null) {
      throw new IllegalStateException("the store of this system is not open");
    }
    return open;
  }

  private static final class Id extends AbstractExtensionId<OpenWriter> {
    @Override
    public OpenWriter createExtension(ExtendedActorSystem system) {
      return new OpenWriter();
    }
  }
}
