package io.sipscope.persistence.capture;

import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.LWWMapKey;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator.Changed;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator.SubscribeResponse;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator.Update;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator.UpdateResponse;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator.UpdateSuccess;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;

/// One per node: whether the cluster captures. Flipped on any node, it reaches the others by the
/// replicator, and the last flip wins. It lasts as long as some node of the cluster runs: a cluster
/// that starts captures, as nobody expects one that does not.
public final class CaptureSwitch extends AbstractMatchingBehavior<CaptureSwitch.Command> {
  public sealed interface Command {}

  /// Answered with what holds on this node from then on.
  public record Flip(boolean on, ActorRef<State> replyTo) implements Command {}

  public record Read(ActorRef<State> replyTo) implements Command {}

  public record State(boolean on) {}

  private record Heard(SubscribeResponse<LWWMap<String, Boolean>> news) implements Command {}

  private record Wrote(
      boolean on, UpdateResponse<LWWMap<String, Boolean>> outcome, ActorRef<State> replyTo)
      implements Command {}

  private static final Key<LWWMap<String, Boolean>> KEY = LWWMapKey.create("capture-switch");
  private static final String HEP = "hep";

  private final Consumer<Boolean> gate;
  private final SelfUniqueAddress self;
  private final ReplicatorMessageAdapter<Command, LWWMap<String, Boolean>> replicator;
  private boolean on = true;

  /// @param gate is told whether it is open, again and again; open at first
  public static Behavior<Command> create(Consumer<Boolean> gate) {
    return Behaviors.setup(
        context ->
            DistributedData.withReplicatorMessageAdapter(
                (ReplicatorMessageAdapter<Command, LWWMap<String, Boolean>> replicator) ->
                    new CaptureSwitch(context, replicator, gate)));
  }

  private CaptureSwitch(
      ActorContext<Command> context,
      ReplicatorMessageAdapter<Command, LWWMap<String, Boolean>> replicator,
      Consumer<Boolean> gate) {
    super(context);
    this.replicator = replicator;
    this.gate = gate;
    self = DistributedData.get(context.getSystem()).selfUniqueAddress();
    replicator.subscribe(KEY, Heard::new);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Flip flip -> write(flip);
      case Read(var replyTo) -> replyTo.tell(new State(on));
      case Heard(Changed<LWWMap<String, Boolean>> changed) ->
          set(changed.get(KEY).get(HEP).getOrElse(() -> true));
      case Heard _ -> {} // nobody ever flipped it
      case Wrote(boolean wanted, UpdateSuccess<?> _, var replyTo) -> {
        set(wanted);
        replyTo.tell(new State(on));
      }
      case Wrote(_, _, var replyTo) -> replyTo.tell(new State(on)); // a local write that failed
    }
    return this;
  }

  private void set(boolean wanted) {
    on = wanted;
    gate.accept(wanted);
  }

  private void write(Flip flip) {
    replicator.askUpdate(
        replyTo ->
            new Update<>(
                KEY,
                LWWMap.create(),
                Replicator.writeLocal(),
                replyTo,
                map -> map.put(self, HEP, flip.on())),
        outcome -> new Wrote(flip.on(), outcome, flip.replyTo()));
  }
}
