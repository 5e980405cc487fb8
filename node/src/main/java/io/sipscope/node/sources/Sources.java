package io.sipscope.node.sources;

import io.sipscope.http.agents.SourceState;
import io.sipscope.node.NodeSettings;
import io.sipscope.node.ingest.Ingest;
import io.sipscope.node.sources.ami.AmiSource;
import io.sipscope.node.sources.live.LiveSource;
import io.sipscope.node.sources.redis.RedisSource;
import io.sipscope.persistence.statistics.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;

/// The sources that are configured on this node.
public final class Sources {
  private final List<CaptureSource> sources;

  private Sources(List<CaptureSource> sources) {
    this.sources = sources;
  }

  /// Starts them; none of them keeps the node from starting because its other side is away.
  ///
  /// @param clock nanoseconds since the epoch
  public static Sources open(
      ActorSystem<?> system,
      NodeSettings settings,
      Ingest ingest,
      Counters counters,
      LongSupplier clock) {
    var opened = new ArrayList<CaptureSource>();
    opened.add(LiveSource.open(system, settings.capture(), ingest, clock));
    if (settings.redis().isOn()) {
      opened.add(RedisSource.open(system, settings.redis(), ingest, counters, clock));
    }
    if (settings.ami().isOn()) {
      opened.add(AmiSource.open(system, settings.ami(), ingest, clock));
    }
    var sources = new Sources(List.copyOf(opened));
    SourceStatistics.register(counters, sources::states);
    return sources;
  }

  /// In the order of the configuration's documentation.
  public List<SourceState> states() {
    return sources.stream().flatMap(source -> source.states().stream()).toList();
  }

  /// Completes when all of them are closed.
  public CompletionStage<Done> close() {
    return all(CaptureSource::close);
  }

  /// Completes when all of them have told what was stored.
  public CompletionStage<Done> settle() {
    return all(CaptureSource::settle);
  }

  private CompletionStage<Done> all(Function<CaptureSource, CompletionStage<Done>> what) {
    var done =
        sources.stream()
            .map(source -> what.apply(source).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(done).thenApply(_ -> Done.getInstance());
  }
}
