package io.sipscope.node.script.engine;

import io.sipscope.http.script.Complaint;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// One per node: reads this node's script when a node of the cluster wants all to read theirs, and
/// runs it once all have found theirs good. Reads files: it needs a thread that may wait.
public final class ReloadDesk {
  public sealed interface Command {}

  /// Reads the file and keeps what it says.
  ///
  /// @param reload who wants it: a number that no other reload has
  public record Prepare(long reload, ActorRef<Prepared> replyTo) implements Command {}

  /// Runs what was kept.
  public record Swap(long reload, ActorRef<Swapped> replyTo) implements Command {}

  /// Keeps it no longer: another node's script is wrong.
  public record Forget(long reload) implements Command {}

  /// @param node its address
  /// @param hasScript whether a file is configured
  public record Prepared(String node, boolean hasScript, List<Complaint> complaints) {
    public Prepared {
      complaints = List.copyOf(complaints);
    }

    boolean isGood() {
      return complaints.stream().noneMatch(Complaint::isError);
    }
  }

  /// @param done false when it was too late
  public record Swapped(String node, boolean done) {}

  private ReloadDesk() {}

  /// @param node this one's address
  public static Behavior<Command> create(String node, RunningScript script) {
    return Behaviors.receiveMessage(
        command -> {
          act(node, script, command);
          return Behaviors.same();
        });
  }

  private static void act(String node, RunningScript script, Command command) {
    switch (command) {
      case Prepare(var reload, var replyTo) ->
          replyTo.tell(new Prepared(node, script.file().isPresent(), script.prepare(reload)));
      case Swap(var reload, var replyTo) -> replyTo.tell(new Swapped(node, script.swap(reload)));
      case Forget(var reload) -> script.forget(reload);
    }
  }
}
