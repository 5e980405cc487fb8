package io.sipscope.persistence.statistics;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.Member;

/// The statistics of a cluster: read from what this node knows, reset by asking every node.
public final class ReplicatedStatistics implements ClusterStatistics {
  /// Beyond what a reset or the last words of a node may take themselves.
  private static final Duration ASK = Statistics.PATIENCE.plusSeconds(1);

  private final ActorSystem<?> system;
  private final Counters counters;
  private final KnownParts known;
  private final ActorRef<Statistics.Command> actor;

  ReplicatedStatistics(
      ActorSystem<?> system,
      Counters counters,
      KnownParts known,
      ActorRef<Statistics.Command> actor) {
    this.system = system;
    this.counters = counters;
    this.known = known;
    this.actor = actor;
  }

  @Override
  public Values read() {
    return known.parts().values();
  }

  @Override
  public OptionalLong value(StatisticName name) {
    return known.parts(name).value(name).map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  @Override
  public Optional<StatisticName> named(String bare) {
    return counters.named(bare).or(() -> read().named(bare).map(Reading::name));
  }

  @Override
  public Optional<Values> read(String node) {
    return StreamSupport.stream(known.cluster().state().getMembers().spliterator(), false)
        .filter(member -> isNamed(member, node))
        .findFirst()
        .map(
            member ->
                known
                    .parts()
                    .values(KnownParts.id(member.uniqueAddress()))
                    .orElseGet(() -> new Values(List.of(), 1)));
  }

  private static boolean isNamed(Member member, String node) {
    var address = member.address();
    return node.equals(address.toString())
        || node.equals(address.hostPort().replaceFirst(".*@", ""));
  }

  @Override
  public CompletionStage<List<String>> reset(Collection<StatisticName> names) {
    Set<StatisticName> counted =
        names.stream()
            .filter(name -> counters.describe(name).kind().isResettable())
            .collect(Collectors.toSet());
    return counted.isEmpty()
        ? CompletableFuture.completedStage(List.of())
        : AskPattern.ask(
                actor,
                (ActorRef<Statistics.WasReset> replyTo) -> new Statistics.Reset(counted, replyTo),
                ASK,
                system.scheduler())
            .thenApply(Statistics.WasReset::missing);
  }

  /// Tells the others what this node has counted, for the last time.
  public CompletionStage<Done> lastWords() {
    return AskPattern.ask(actor, Statistics.Publish::new, ASK, system.scheduler());
  }
}
