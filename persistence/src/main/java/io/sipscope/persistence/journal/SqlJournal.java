package io.sipscope.persistence.journal;

import com.typesafe.config.Config;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.jdbc.journal.JdbcAsyncWriteJournal;
import scala.Function1;
import scala.concurrent.Future;
import scala.runtime.BoxedUnit;

/// The plugin's journal actor with a short way for the usual dialog: its few events were read with
/// its highest sequence number, and are handed over without a stream. Named in
/// `jdbc-journal.class`.
public final class SqlJournal extends JdbcAsyncWriteJournal {

  /// @param config `jdbc-journal`
  public SqlJournal(Config config) {
    super(config);
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
        return scala.concurrent.Future$.MODULE$.fromTry(
            scala.util.Try.apply(
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
