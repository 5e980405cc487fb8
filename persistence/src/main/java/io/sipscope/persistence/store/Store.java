package io.sipscope.persistence.store;

import com.typesafe.config.Config;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.notes.NoteStore;
import io.sipscope.persistence.recording.ChoiceStore;
import io.sipscope.persistence.recording.SampleStore;
import io.sipscope.persistence.reindex.Reindex;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.Slowness;
import io.sipscope.persistence.trace.TraceMemory;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;

/// Where everything is kept: the journal and the index.
public sealed interface Store extends AutoCloseable permits SqlStore, CassandraStore {

  /// Lays the settings of the chosen store (`sipscope.store`) over a configuration; the actor
  /// system is made from the answer.
  ///
  /// @throws com.typesafe.config.ConfigException one sentence with key, value and what is wanted
  static Config configure(Config base) {
    return StoreConfig.configure(base);
  }

  /// Opens the store of a system that was configured by [#configure]: waits for a database that
  /// is not there yet, brings its tables up to date, and answers when it can be used. Several nodes
  /// may do so at once.
  ///
  /// @throws Unavailable one sentence on what is wrong
  static Store open(ActorSystem<?> system, Counters counters) {
    return open(system, counters, new Slowness());
  }

  /// The same, and what takes longer than `sipscope.thresholds.sql` or `.cdb` is told.
  static Store open(ActorSystem<?> system, Counters counters, Slowness slowness) {
    var kind = StoreKind.of(system.settings().config());
    return switch (kind) {
      case H2, POSTGRES, MEMORY -> SqlStore.open(system, kind, counters, slowness);
      case CASSANDRA -> CassandraStore.open(system, counters, slowness);
    };
  }

  DialogIndex index();

  DialogHistory history();

  /// Recorded statistics.
  SampleStore samples();

  /// Which of them are to be kept.
  ChoiceStore choice();

  /// Why the database cannot be used just now, one sentence; empty when it can. Answers at once,
  /// and tells of a database that hangs after some three seconds.
  Optional<String> trouble();

  /// How the last sweep of what is kept too long went; empty before the first, and where the
  /// database does it by itself.
  Optional<Sweep> sweep();

  /// Where it is kept what of tracing is switched how.
  TraceMemory traces();

  /// What operators gave besides: event subscriptions, alert rules.
  NoteStore notes();

  /// Builds the index anew from the journal.
  Reindex reindex();

  /// Finishes the writes that were begun, then lets go of the database. Called after the actors
  /// stopped.
  @Override
  void close();

  /// The database is not there, is in use, or holds something else.
  final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
