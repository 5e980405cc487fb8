package io.sipscope.persistence.events;

import io.sipscope.persistence.events.EventBoard.Interest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.cluster.typed.Cluster;

/// One per node: joins this node's [EventBoard] to those of the others. Each tells the others what
/// is watched on its node, and again every few seconds, as a message may be lost.
public final class EventBoards extends AbstractMatchingBehavior<EventBoards.Command> {
  public sealed interface Command {}

  /// Something happened on another node. Crosses nodes.
  record Heard(Happened happened) implements Command {}

  /// What is watched for on another node. Crosses nodes.
  ///
  /// @param node by its address
  record Watched(String node, Interest interest) implements Command {}

  private record Listed(Set<ActorRef<Command>> boards) implements Command {}

  private enum Internal implements Command {
    TICK,
    AGAIN,
    CHANGED
  }

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(10);
  private static final ServiceKey<Command> SERVICE =
      ServiceKey.create(Command.class, "event-boards");

  private final EventBoard board;
  private final String address;
  private final Map<String, Interest> interests = new HashMap<>();
  private Set<ActorRef<Command>> others = Set.of();

  public static Behavior<Command> create(EventBoard board) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new EventBoards(context, timers, board)));
  }

  private EventBoards(
      ActorContext<Command> context, TimerScheduler<Command> timers, EventBoard board) {
    super(context);
    this.board = board;
    address = Cluster.get(context.getSystem()).selfMember().address().toString();
    var self = context.getSelf();
    board.joins((_, _) -> List.of(), () -> self.tell(Internal.CHANGED));
    var receptionist = context.getSystem().receptionist();
    receptionist.tell(Receptionist.register(SERVICE, self));
    receptionist.tell(
        Receptionist.subscribe(
            SERVICE,
            context.messageAdapter(
                Receptionist.Listing.class,
                listing -> new Listed(listing.getServiceInstances(SERVICE)))));
    timers.startTimerWithFixedDelay(Internal.TICK, Internal.TICK, TICK);
    timers.startTimerWithFixedDelay(Internal.AGAIN, Internal.AGAIN, AGAIN);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Heard(var happened) -> board.note(happened);
      case Watched(var node, var interest) -> {
        interests.put(node, interest);
        join();
      }
      case Listed(var boards) -> {
        others = boards.stream().filter(this::isOther).collect(Collectors.toUnmodifiableSet());
        interests.keySet().retainAll(others.stream().map(EventBoards::node).toList());
        join();
        tellInterest();
      }
      case Internal.TICK -> board.tick();
      case Internal.AGAIN, Internal.CHANGED -> tellInterest();
    }
    return this;
  }

  private boolean isOther(ActorRef<Command> board) {
    return !board.equals(getContext().getSelf());
  }

  private static String node(ActorRef<Command> board) {
    return board.path().address().toString();
  }

  private void tellInterest() {
    others.forEach(other -> other.tell(new Watched(address, board.interest())));
  }

  private record Other(ActorRef<Command> board, Interest interest) implements Consumer<Happened> {
    @Override
    public void accept(Happened happened) {
      board.tell(new Heard(happened));
    }
  }

  /// What is known now is given to the board as values of their own: other threads read them.
  private void join() {
    var known =
        others.stream()
            .map(other -> new Other(other, interests.getOrDefault(node(other), Interest.NONE)))
            .toList();
    var self = getContext().getSelf();
    board.joins((name, seldom) -> watching(known, name, seldom), () -> self.tell(Internal.CHANGED));
  }

  private static List<Other> watching(List<Other> known, String name, boolean seldom) {
    if (known.isEmpty()) {
      return List.of();
    }
    var watching = new ArrayList<Other>();
    for (var other : known) {
      if (seldom || other.interest().covers(name)) {
        watching.add(other);
      }
    }
    return watching;
  }
}
