package io.sipscope.node.agents;

import io.sipscope.http.agents.AgentDesk;
import io.sipscope.http.agents.ClusterReport;
import io.sipscope.http.agents.NodeReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;

/// What all nodes take in: each is asked, and who does not answer in time is named.
public final class AgentsAcross {
  /// A page is shown within a second; a node that is paused for longer is named instead.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final ActorSystem<?> system;
  private final Supplier<NodeReport> own;

  private AgentsAcross(ActorSystem<?> system, Supplier<NodeReport> own) {
    this.system = system;
    this.own = own;
  }

  /// Starts to answer the other nodes.
  ///
  /// @param own what this node takes in
  public static AgentsAcross start(ActorSystem<?> system, Supplier<NodeReport> own) {
    system.systemActorOf(
        Behaviors.supervise(AgentDesk.create(own))
            .onFailure(
                SupervisorStrategy.restartWithBackoff(
                    FIRST_PAUSE, LONGEST_PAUSE, /* spread */ 0.2)),
        "agent-desk",
        Props.empty());
    return new AgentsAcross(system, own);
  }

  public CompletionStage<ClusterReport> report() {
    return AskPattern.<Receptionist.Command, Receptionist.Listing>ask(
            system.receptionist(),
            replyTo -> Receptionist.find(AgentDesk.KEY, replyTo),
            PATIENCE,
            system.scheduler())
        .thenCompose(this::askAll);
  }

  private CompletionStage<ClusterReport> askAll(Receptionist.Listing desks) {
    var answers = new ArrayList<CompletableFuture<Optional<NodeReport>>>();
    for (var desk : desks.getServiceInstances(AgentDesk.KEY)) {
      if (desk.path().address().hasGlobalScope()) {
        answers.add(ask(desk));
      }
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .thenApply(_ -> answers.stream().flatMap(answer -> answer.join().stream()).toList())
        .thenApply(
            others -> {
              var reports = new ArrayList<NodeReport>();
              reports.add(own.get());
              reports.addAll(others);
              var silent = members();
              reports.forEach(report -> silent.remove(report.node()));
              return new ClusterReport(reports, silent.stream().toList());
            });
  }

  private CompletableFuture<Optional<NodeReport>> ask(ActorRef<AgentDesk.Ask> desk) {
    return AskPattern.<AgentDesk.Ask, NodeReport>ask(
            desk, AgentDesk.Ask::new, PATIENCE, system.scheduler())
        .handle((report, _) -> Optional.ofNullable(report))
        .toCompletableFuture();
  }

  private Set<String> members() {
    Set<String> addresses = new TreeSet<>();
    StreamSupport.stream(
            Cluster.get(system).state().getMembers().spliterator(), /* parallel */ false)
        .map(Member::address)
        .forEach(address -> addresses.add(address.toString()));
    return addresses;
  }
}
