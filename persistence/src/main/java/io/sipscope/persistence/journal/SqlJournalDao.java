package io.sipscope.persistence.journal;

import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Scheduler;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.jdbc.config.JournalConfig;
import org.apache.pekko.persistence.jdbc.journal.dao.JournalDao;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serializers;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.scaladsl.Source;
import scala.Option;
import scala.Tuple2;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;
import scala.util.Try;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;

/// The journal of pekko-persistence-jdbc on our own [JournalWriter], so that an event and its index
/// row are one transaction, and [JournalReader], so that dialogs that wake together are read
/// together. Made by the plugin, which names it in `jdbc-journal.dao`.
public final class SqlJournalDao implements JournalDao {
  private static final scala.collection.immutable.Seq<Try<BoxedUnit>> ALL_ACCEPTED =
      CollectionConverters.asScala(List.<Try<BoxedUnit>>of()).toSeq();

  /// Entities that stop between the two questions leave their events here; so many are no harm.
  private static final int MAX_READ = 10_000;

  private final Serialization serialization;
  private final JournalWriter writer;
  private final JournalReader reader;
  private final StoredEvents stored;

  /// What was read when the highest sequence number was asked for, and is asked for next.
  private final Map<String, List<JournalEntry>> read = new ConcurrentHashMap<>();

  /// The parameters are the plugin's.
  public SqlJournalDao(
      JdbcBackend.JdbcDatabaseDef database,
      JdbcProfile profile,
      JournalConfig config,
      Serialization serialization,
      ExecutionContext executionContext,
      Materializer materializer) {
    this.serialization = serialization;
    var open = OpenJournal.of(serialization.system());
    this.writer = open.writer();
    this.reader = open.reader();
    this.stored = new StoredEvents(serialization, open.notes());
  }

  /// All of a call is one entity's, and so written together. A failure stops the entity, which
  /// starts anew from what the journal has.
  @Override
  public Future<scala.collection.immutable.Seq<Try<BoxedUnit>>> asyncWriteMessages(
      scala.collection.immutable.Seq<AtomicWrite> writes) {
    long timestamp = System.currentTimeMillis();
    var events = new ArrayList<JournalEntry>(1);
    var rows = new ArrayList<DialogRow>(1);
    for (var write : CollectionConverters.asJava(writes)) {
      for (var event : CollectionConverters.asJava(write.payload())) {
        events.add(entry(event, timestamp));
        if (event.payload() instanceof Dialog.Observed(var _, var _, var outcome)) {
          outcome.ifPresent(now -> rows.add(now.row()));
        }
      }
    }
    return FutureConverters.asScala(
        writer.write(events, rows, timestamp).thenApply(_ -> ALL_ACCEPTED));
  }

  private JournalEntry entry(PersistentRepr event, long timestamp) {
    var payload = event.payload();
    var serializer = serialization.findSerializerFor(payload);
    return new JournalEntry(
        event.persistenceId(),
        event.sequenceNr(),
        event.writerUuid(),
        timestamp,
        serializer.identifier(),
        Serializers.manifestFor(serializer, payload),
        Bytes.of(serializer.toBinary(payload)));
  }

  @Override
  public Future<Object> highestSequenceNr(String id, long from) {
    return FutureConverters.asScala(
        reader
            .wake(id)
            .thenApply(
                known -> {
                  // What an earlier incarnation left must not be taken for what is there now.
                  if (known.events().isEmpty() || read.size() >= MAX_READ) {
                    read.remove(id);
                  } else {
                    read.put(id, known.events());
                  }
                  return known.highest();
                }));
  }

  /// The events that were read together with the highest sequence number; once.
  Optional<List<JournalEntry>> takeRead(String id) {
    return Optional.ofNullable(read.remove(id));
  }

  Try<PersistentRepr> event(JournalEntry entry) {
    return stored.event(entry);
  }

  @Override
  public Source<Try<Tuple2<PersistentRepr, Object>>, NotUsed> messages(
      String id, long from, long to, long max) {
    return messagesWithBatch(id, from, to, JournalReader.FEW, Option.empty());
  }

  @Override
  public Source<Try<Tuple2<PersistentRepr, Object>>, NotUsed> messagesWithBatch(
      String id, long from, long to, int batch, Option<Tuple2<FiniteDuration, Scheduler>> refresh) {
    return JournalPages.of(id, from, to, batch, reader::page)
        .map(entry -> event(entry).map(event -> new Tuple2<>(event, (Object) entry.sequence())))
        .asScala();
  }

  /// Events leave by their age, a partition at a time; an entity deletes none.
  @Override
  public Future<BoxedUnit> delete(String id, long to) {
    return FutureConverters.asScala(
        CompletableFuture.failedFuture(
            new UnsupportedOperationException("events are not deleted one by one")));
  }
}
