package io.sipscope.persistence.cassandra;

import com.typesafe.config.Config;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.journal.JournalEntry;
import io.sipscope.persistence.journal.JournalPages;
import io.sipscope.persistence.journal.StoredEvents;
import io.sipscope.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.cassandra.journal.CassandraJournal;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import scala.Function1;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/// The journal of pekko-persistence-cassandra with the writing done by [CassandraWriter]. Made by
/// Pekko, which finds its name in `pekko.persistence.cassandra.journal.class`.
public final class DialogJournal extends CassandraJournal {
  private static final scala.collection.immutable.Seq<Try<BoxedUnit>> ALL_ACCEPTED =
      CollectionConverters.asScala(List.<Try<BoxedUnit>>of()).toSeq();

  /// Events that are read at once: of a few kilobytes each, so megabytes at most.
  private static final int PAGE = 100;

  private final Serialization serialization;
  private final CassandraWriter writer;
  private final DialogPartition dialogs;
  private final StoredEvents stored;

  /// What is being written, by persistence id: an entity that starts anew reads how far it came
  /// only after that.
  private final Map<String, CompletionStage<Void>> writing = new ConcurrentHashMap<>();

  /// The parameters are Pekko's.
  public DialogJournal(Config config, String path) {
    super(config, path);
    serialization = SerializationExtension.get(context().system());
    var open = OpenCassandra.of(context().system());
    writer = open.writer();
    dialogs = open.dialogs();
    stored = new StoredEvents(serialization, open.notes());
  }

  /// All of a call is one entity's, and so written together. A failure stops the entity, which
  /// starts anew from what the journal has.
  @Override
  public Future<scala.collection.immutable.Seq<Try<BoxedUnit>>> asyncWriteMessages(
      scala.collection.immutable.Seq<AtomicWrite> writes) {
    var events = new ArrayList<JournalEntry>(1);
    var row = Optional.<DialogRow>empty();
    for (var write : CollectionConverters.asJava(writes)) {
      for (var event : CollectionConverters.asJava(write.payload())) {
        events.add(event(event));
        if (event.payload() instanceof Dialog.Observed(var _, var _, var outcome)
            && outcome.isPresent()) {
          row = Optional.of(outcome.get().row());
        }
      }
    }
    var written = writer.write(events, row);
    var id = writes.head().persistenceId();
    writing.put(id, written);
    written.whenComplete((_, _) -> writing.remove(id, written));
    return FutureConverters.asScala(written.thenApply(_ -> ALL_ACCEPTED));
  }

  /// One look, where the plugin, whose dialogs may be in several partitions, has two or three.
  @Override
  public Future<Object> asyncReadHighestSequenceNr(String persistenceId, long from) {
    CompletionStage<Void> pending = writing.get(persistenceId);
    var before = pending == null ? CompletableFuture.completedStage(null) : pending;
    return FutureConverters.asScala(
        before
            .handle((_, _) -> persistenceId)
            .thenCompose(dialogs::highestSequence)
            .thenApply(Object.class::cast));
  }

  /// Read as the store's other readers do, so that a damaged event is a value and is noted.
  @Override
  public Future<BoxedUnit> asyncReplayMessages(
      String id,
      long from,
      long to,
      long max,
      Function1<PersistentRepr, BoxedUnit> recoveryCallback) {
    return FutureConverters.asScala(
        JournalPages.of(id, from, to, PAGE, dialogs::page)
            .take(max)
            .runForeach(
                entry -> recoveryCallback.apply(stored.event(entry).get()), context().system())
            .thenApply(_ -> BoxedUnit.UNIT));
  }

  private JournalEntry event(PersistentRepr event) {
    var payload = event.payload();
    var serializer = serialization.findSerializerFor(payload);
    return new JournalEntry(
        event.persistenceId(),
        event.sequenceNr(),
        event.writerUuid(),
        event.timestamp(),
        serializer.identifier(),
        Serializers.manifestFor(serializer, payload),
        Bytes.of(serializer.toBinary(payload)));
  }
}
