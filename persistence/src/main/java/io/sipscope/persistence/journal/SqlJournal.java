package io.sipscope.persistence.journal;

import com.typesafe.config.Config;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.jdbc.journal.JdbcAsyncWriteJournal;
import scala.Function1;
import scala.collection.immutable.Seq;
import scala.concurrent.Future;
import scala.concurrent.Future$;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/// The plugin's journal actor with short ways for the usual dialog. What it writes goes to the
/// writer as it is; its few events were read with its highest sequence number, and are handed over
/// without a stream. Named in `jdbc-journal.class`.
public final class SqlJournal extends JdbcAsyncWriteJournal {

  /// @param config `jdbc-journal`
  public SqlJournal(Config config) {
    super(config);
  }

  /// The plugin would note each write until it is done, by a message to itself, to keep an entity
  /// that starts from reading past it. None starts: a dialog stops when its write is done, and on
  /// another node it is the table's primary key that decides.
  @Override
  public Future<Seq<Try<BoxedUnit>>> asyncWriteMessages(Seq<AtomicWrite> writes) {
    return journalDao().asyncWriteMessages(writes);
  }

  @Override
  public Future<BoxedUnit> asyncReplayMessages(
      String id,
      long from,
      long to,
      long max,
      Function1<PersistentRepr, BoxedUnit> recoveryCallback) {
    if (journalDao() instanceof SqlJournalDao dao) {
      var read = dao.takeRead(id);
      if (read.isPresent()) {
        return Future$.MODULE$.fromTry(
            Try.apply(
                () -> {
                  read.get().stream()
                      .filter(entry -> entry.sequence() >= from && entry.sequence() <= to)
                      .limit(max)
                      .forEach(entry -> recoveryCallback.apply(dao.event(entry).get()));
                  return BoxedUnit.UNIT;
                }));
      }
    }
    return super.asyncReplayMessages(id, from, to, max, recoveryCallback);
  }
}
