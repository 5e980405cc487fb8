package io.sipscope.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.sipscope.persistence.index.DamageNotes;
import io.sipscope.persistence.journal.JournalEntry;
import io.sipscope.persistence.notes.NoteStore;
import io.sipscope.persistence.recording.ChoiceStore;
import io.sipscope.persistence.recording.RecordingSettings;
import io.sipscope.persistence.recording.SampleStore;
import io.sipscope.persistence.reindex.Rebuild;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.Queries;
import io.sipscope.persistence.statistics.Slowness;
import io.sipscope.persistence.statistics.Threshold;
import io.sipscope.persistence.trace.TraceMemory;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.connectors.cassandra.DriverConfigLoaderFromConfig;

/// A cluster whose keyspace is ready, and what is written to it and read from it. Journals are read
/// by Pekko's plugin, which has connections of its own.
public final class CassandraConnection implements AutoCloseable {
  /// How often a cluster that is not there yet is looked for.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final CqlSession session;
  private final DialogPartition dialogs;
  private final DialogLists lists;
  private final CassandraWriter writer;
  private final CassandraDialogIndex index;
  private final DamageNotes notes;
  private final Rebuild.Opening rebuild;
  private final SampleStore samples;
  private final ChoiceStore choice;
  private final TraceMemory traces;
  private final NoteStore kept;

  private CassandraConnection(
      CqlSession session,
      CassandraSettings settings,
      Config config,
      Counters counters,
      Slowness slowness) {
    this.session = session;
    dialogs = new DialogPartition(session, settings.keyspace());
    lists = new DialogLists(session, settings.keyspace());
    notes = new CassandraDamageNotes(dialogs);
    samples = new CassandraSamples(session, settings.keyspace());
    choice = new CassandraChoice(session, settings.keyspace());
    traces = new CassandraTraceMemory(session, settings.keyspace());
    kept = new CassandraNotes(session, settings.keyspace());
    rebuild = CassandraRebuild.opening(session, settings, dialogs, lists);
    var queries =
        Queries.of(
            counters,
            "cdb",
            Threshold.of(
                config.getDuration("sipscope.thresholds.cdb"), "Cassandra query", slowness));
    writer = new CassandraWriter(lists, dialogs, settings, counters, queries);
    index =
        new CassandraDialogIndex(
            session,
            lists,
            dialogs,
            config.getInt("sipscope.index.readers"),
            config.getDuration("sipscope.index.timeout"),
            queries);
  }

  /// Waits for a cluster that is not there yet, and makes its keyspace and tables where they are
  /// missing. The journal of the system is written through it from now on.
  ///
  /// @throws Refused one sentence on what is wrong
  public static CassandraConnection open(ActorSystem system, Counters counters, Slowness slowness)
      throws Refused {
    var config = system.settings().config();
    var settings = CassandraSettings.from(config);
    var session = session(config, settings);
    try {
      expectDatacenter(session, settings);
      new CassandraSchema(session, settings, RecordingSettings.from(config).keep()).bringUpToDate();
      var connection = new CassandraConnection(session, settings, config, counters, slowness);
      OpenCassandra.of(system).use(connection.writer, connection.dialogs, connection.notes);
      return connection;
    } catch (DriverException e) {
      session.close();
      throw new Refused(
          "sipscope.cassandra.keyspace = "
              + settings.keyspace()
              + " (wanted: a keyspace that is there or may be made, whose tables"
              + " sipscope.cassandra.username may write)",
          e);
    } catch (Refused e) {
      session.close();
      throw e;
    }
  }

  private static CqlSession session(Config config, CassandraSettings settings) throws Refused {
    var driver =
        ConfigFactory.parseString("advanced.reconnect-on-init = false")
            .withFallback(config.getConfig("datastax-java-driver"));
    long end = System.nanoTime() + settings.patience().toNanos();
    while (true) {
      try {
        return CqlSession.builder()
            .withConfigLoader(DriverConfigLoaderFromConfig.fromConfig(driver))
            .build();
      } catch (DriverException e) {
        if (System.nanoTime() > end || !paused()) {
          throw new Refused(
              "sipscope.cassandra.contact-points = "
                  + settings.contactPoints()
                  + " (wanted: nodes of a cluster that can be reached and let"
                  + " sipscope.cassandra.username in)",
              e);
        }
      }
    }
  }

  private static boolean paused() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void expectDatacenter(CqlSession session, CassandraSettings settings)
      throws Refused {
    var there = new TreeSet<String>();
    for (var node : session.getMetadata().getNodes().values()) {
      if (node.getDatacenter() != null) {
        there.add(node.getDatacenter());
      }
    }
    if (!there.contains(settings.localDatacenter())) {
      throw new Refused(
          "sipscope.cassandra.local-datacenter = "
              + settings.localDatacenter()
              + " (wanted: one of the cluster's, "
              + String.join(", ", there)
              + ")",
          null);
    }
  }

  public CassandraWriter writer() {
    return writer;
  }

  public CassandraDialogIndex index() {
    return index;
  }

  /// Where it is noted that a dialog is damaged.
  public DamageNotes notes() {
    return notes;
  }

  /// Recorded statistics.
  public SampleStore samples() {
    return samples;
  }

  public ChoiceStore choice() {
    return choice;
  }

  /// Begins to build the index anew.
  public Rebuild.Opening rebuild() {
    return rebuild;
  }

  /// Where it is kept what of tracing is switched how.
  public NoteStore kept() {
    return kept;
  }

  public TraceMemory traces() {
    return traces;
  }

  /// The first events of an entity from one sequence number to another, both included.
  public CompletionStage<List<JournalEntry>> page(String id, long from, long to, int limit) {
    return dialogs.page(id, from, to, limit);
  }

  /// Whether the cluster answers with as many copies as a read needs.
  public CompletionStage<Boolean> alive() {
    return dialogs.highestSequence("").handle((_, failure) -> failure == null);
  }

  @Override
  public void close() {
    writer.close();
    index.close();
    session.close();
  }

  /// The cluster is not there, or does not let this node in.
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
