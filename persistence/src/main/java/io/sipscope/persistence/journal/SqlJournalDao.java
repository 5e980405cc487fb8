package io.sipscope.persistence.journal;

import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.jdbc.config.JournalConfig;
import org.apache.pekko.persistence.jdbc.journal.dao.DefaultJournalDao;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serializers;
import org.apache.pekko.stream.Materializer;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;
import scala.util.Try;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;

/// The journal of pekko-persistence-jdbc with the writing done by [JournalWriter], so that an event
/// and its index row are one transaction. Made by the plugin, which names it in `jdbc-journal.dao`.
public final class SqlJournalDao extends DefaultJournalDao {
  private static final scala.collection.immutable.Seq<Try<BoxedUnit>> ALL_ACCEPTED =
      CollectionConverters.asScala(List.<Try<BoxedUnit>>of()).toSeq();

  private final Serialization serialization;
  private final JournalWriter writer;

  /// The parameters are the plugin's.
  public SqlJournalDao(
      JdbcBackend.JdbcDatabaseDef database,
      JdbcProfile profile,
      JournalConfig config,
      Serialization serialization,
      ExecutionContext executionContext,
      Materializer materializer) {
    super(database, profile, config, serialization, executionContext, materializer);
    this.serialization = serialization;
    this.writer = OpenJournal.of(serialization.system()).writer();
  }

  /// All of a call is one entity's, and so written together. A failure stops the entity, which
  /// starts anew from what the journal has.
  @Override
  public Future<scala.collection.immutable.Seq<Try<BoxedUnit>>> asyncWriteMessages(
      scala.collection.immutable.Seq<AtomicWrite> writes) {
    var events = new ArrayList<JournalEntry>(1);
    var rows = new ArrayList<DialogRow>(1);
    for (var write : CollectionConverters.asJava(writes)) {
      for (var event : CollectionConverters.asJava(write.payload())) {
        events.add(entry(event));
        if (event.payload() instanceof Dialog.Observed(var _, var outcome)) {
          outcome.ifPresent(now -> rows.add(now.row()));
        }
      }
    }
    return FutureConverters.asScala(writer.write(events, rows).thenApply(_ -> ALL_ACCEPTED));
  }

  private JournalEntry entry(PersistentRepr event) {
    var payload = event.payload();
    var serializer = serialization.findSerializerFor(payload);
    return new JournalEntry(
        event.persistenceId(),
        event.sequenceNr(),
        event.writerUuid(),
        event.timestamp(),
        event.manifest(),
        Bytes.of(serializer.toBinary(payload)),
        serializer.identifier(),
        Serializers.manifestFor(serializer, payload));
  }
}
