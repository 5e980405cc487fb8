package io.sipscope.node.script.engine;

import io.sipscope.http.script.Complaint;
import io.sipscope.http.script.Complaint.Severity;
import io.sipscope.http.script.Reload;
import io.sipscope.http.script.Reload.OnNode;
import io.sipscope.node.script.engine.ReloadDesk.Prepared;
import io.sipscope.node.script.engine.ReloadDesk.Swapped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/// Swaps the script on all nodes, or on none: each reads its own file first, and a node that has
/// errors in it, or does not answer, keeps all from swapping.
public final class ReloadAcross {
  /// The largest script is read in half of it on a busy machine.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String NAME = "reload-desk";
  private static final String PATH = "/system/" + NAME;

  /// What they run no longer matters.
  private static final Set<MemberStatus> GONE =
      Set.of(
          MemberStatus.leaving(),
          MemberStatus.exiting(),
          MemberStatus.down(),
          MemberStatus.removed());

  private static final String WAITING = "sipscope.blocking-dispatcher";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final ActorSystem<?> system;

  private ReloadAcross(ActorSystem<?> system) {
    this.system = system;
  }

  /// Starts to do what other nodes ask.
  ///
  /// @param node this one's address
  public static ReloadAcross start(ActorSystem<?> system, String node, RunningScript script) {
    system.systemActorOf(
        Behaviors.supervise(ReloadDesk.create(node, script))
            .onFailure(
                SupervisorStrategy.restartWithBackoff(
                    FIRST_PAUSE, LONGEST_PAUSE, /* spread */ 0.2)),
        NAME,
        DispatcherSelector.fromConfig(WAITING));
    return new ReloadAcross(system);
  }

  public CompletionStage<Reload> reload() {
    long reload = ThreadLocalRandom.current().nextLong();
    var desks = desks();
    return this.<Prepared>askAll(desks.values(), replyTo -> new ReloadDesk.Prepare(reload, replyTo))
        .thenCompose(prepared -> decide(reload, desks, prepared));
  }

  /// One of each member, by the member's address. They are known by their path: one that began a
  /// moment ago is asked as well.
  private Map<String, ActorRef<ReloadDesk.Command>> desks() {
    var cluster = Cluster.get(system);
    var members = new HashSet<Address>();
    members.add(cluster.selfMember().address());
    for (var member : cluster.state().getMembers()) {
      if (!GONE.contains(member.status())) {
        members.add(member.address());
      }
    }
    var references = ActorRefResolver.get(system);
    var desks = new TreeMap<String, ActorRef<ReloadDesk.Command>>();
    for (var member : members) {
      desks.put(member.toString(), references.resolveActorRef(member + PATH));
    }
    return desks;
  }

  private CompletionStage<Reload> decide(
      long reload, Map<String, ActorRef<ReloadDesk.Command>> desks, List<Prepared> prepared) {
    var silent = without(desks.keySet(), prepared.stream().map(Prepared::node).toList());
    boolean isGood =
        silent.isEmpty()
            && prepared.stream().allMatch(Prepared::isGood)
            && prepared.stream().anyMatch(Prepared::hasScript);
    if (!isGood) {
      desks.values().forEach(desk -> desk.tell(new ReloadDesk.Forget(reload)));
      return CompletableFuture.completedStage(outcome(false, prepared, silent, "did not answer"));
    }
    return this.<Swapped>askAll(desks.values(), replyTo -> new ReloadDesk.Swap(reload, replyTo))
        .thenApply(
            swapped -> {
              var done = swapped.stream().filter(Swapped::done).map(Swapped::node).toList();
              return outcome(
                  true, prepared, without(desks.keySet(), done), "did not say that it swapped");
            });
  }

  private static Set<String> without(Set<String> all, Collection<String> some) {
    var rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  /// @param why what is said of those that are not in order
  private static Reload outcome(
      boolean swapped, List<Prepared> prepared, Set<String> silent, String why) {
    var nodes = new ArrayList<OnNode>();
    for (var node : prepared) {
      if (!silent.contains(node.node())) {
        nodes.add(new OnNode(node.node(), node.isGood(), node.complaints()));
      }
    }
    for (var node : silent) {
      nodes.add(
          new OnNode(
              node,
              /* accepted */ false,
              List.of(Complaint.about("script", node + " " + why, Severity.ERROR))));
    }
    return new Reload(swapped, nodes);
  }

  private <T> CompletionStage<List<T>> askAll(
      Collection<ActorRef<ReloadDesk.Command>> desks,
      Function<ActorRef<T>, ReloadDesk.Command> question) {
    var answers = new ArrayList<CompletableFuture<Optional<T>>>();
    for (var desk : desks) {
      answers.add(
          AskPattern.<ReloadDesk.Command, T>ask(desk, question::apply, PATIENCE, system.scheduler())
              .handle((answer, _) -> Optional.ofNullable(answer))
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .thenApply(_ -> answers.stream().flatMap(answer -> answer.join().stream()).toList());
  }
}
