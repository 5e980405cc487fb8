package io.sipscope.node.sources.redis;

import io.lettuce.core.RedisClient;
import io.sipscope.http.agents.SourceState;
import io.sipscope.node.ingest.Ingest;
import io.sipscope.node.sources.CaptureSource;
import io.sipscope.node.sources.Handover;
import io.sipscope.node.sources.Tally;
import io.sipscope.persistence.statistics.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SIP messages by Redis: those of a channel and those of a stream.
///
/// | | channel | stream |
/// | --- | --- | --- |
/// | while nothing is stored | goes to the spool, as HEP | is not read |
/// | while we are away | is lost | waits |
/// | several nodes | each gets all of it | share it |
public final class RedisSource implements CaptureSource {
  private static final Logger LOG = LoggerFactory.getLogger(RedisSource.class);
  private static final String KIND = "redis";
  private static final String GROUP = "sources";

  private final RedisClient client;
  private final Settlement settlement;
  private final List<Tally> tallies = new ArrayList<>();
  private final Optional<StreamSource> stream;
  private final Optional<ChannelSource> channel;

  private RedisSource(
      ActorSystem<?> system,
      RedisSettings settings,
      Ingest ingest,
      Counters counters,
      LongSupplier clock) {
    var inFlight = new InFlight(settings.inFlight());
    client = RedisLink.client(settings);
    settlement = new Settlement(settings, client, counters, inFlight);
    var rebuilt = counters.counter(GROUP, "redis_rebuilt");
    var claimed = counters.counter(GROUP, "redis_claimed");
    channel =
        tally(settings.channel(), clock)
            .map(
                tally ->
                    new ChannelSource(
                        settings,
                        client,
                        new Intake(
                            ingest, tally, rebuilt, settings.channel(), settings.self(), clock),
                        new Handover(system, ingest.passage()),
                        settlement,
                        new Reach("channel " + settings.channel() + " of " + settings, tally),
                        clock));
    stream =
        tally(settings.stream(), clock)
            .map(
                tally ->
                    new StreamSource(
                        settings,
                        new StreamReader(
                            settings, client, consumer(system, settings), inFlight, claimed),
                        inFlight,
                        new Intake(
                            ingest, tally, rebuilt, settings.stream(), settings.self(), clock),
                        new Handover(system, ingest.door()),
                        settlement,
                        new Reach("stream " + settings.stream() + " of " + settings, tally),
                        clock));
  }

  /// @param clock nanoseconds since the epoch
  public static RedisSource open(
      ActorSystem<?> system,
      RedisSettings settings,
      Ingest ingest,
      Counters counters,
      LongSupplier clock) {
    var source = new RedisSource(system, settings, ingest, counters, clock);
    LOG.info(
        "{}: channel {}, stream {} as {} of {}",
        settings,
        settings.channel(),
        settings.stream(),
        consumer(system, settings),
        settings.group());
    source.channel.ifPresent(ChannelSource::start);
    source.stream.ifPresent(StreamSource::start);
    return source;
  }

  private Optional<Tally> tally(String name, LongSupplier clock) {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    var tally = new Tally(KIND, name, clock);
    tallies.add(tally);
    return Optional.of(tally);
  }

  /// The same after a restart, where the node has a port of its own: what it has not acknowledged
  /// is then its own.
  private static String consumer(ActorSystem<?> system, RedisSettings settings) {
    var address = system.address();
    return settings.consumer().isEmpty()
        ? address.getHost().orElse("") + ":" + address.getPort().orElse(0)
        : settings.consumer();
  }

  @Override
  public List<SourceState> states() {
    return tallies.stream().map(Tally::state).toList();
  }

  @Override
  public CompletionStage<Done> close() {
    var none = CompletableFuture.completedStage(Done.getInstance());
    var first = channel.map(ChannelSource::close).orElse(none);
    var second = stream.map(StreamSource::close).orElse(none);
    return first.thenCombine(second, (done, _) -> done);
  }

  @Override
  public CompletionStage<Done> settle() {
    return CompletableFuture.supplyAsync(
        () -> {
          settlement.end();
          RedisLink.close(client);
          return Done.getInstance();
        },
        task -> Thread.ofVirtual().name("redis-end").start(task));
  }
}
