package io.sipscope.http.live;

import io.sipscope.persistence.dialog.Traffic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.stream.BoundedSourceQueue;

/// One per node: hands traffic that was just stored anywhere in the cluster to whoever watches
/// here. Nodes where somebody watches are in the receptionist; every other feed sends its traffic
/// there and nowhere else, and every ingest knows by its [Audience] whether there is such a node.
public final class LiveFeed extends AbstractMatchingBehavior<LiveFeed.Command> {

  public sealed interface Command {}

  /// Traffic stored through this node, admitted by its [Audience]; the feeds of the other nodes
  /// hear of it from this one.
  public record Publish(Traffic traffic) implements Command {}

  /// Begins to fill a queue on this node with what is wanted.
  ///
  /// @param rate messages a second that the watcher can follow; all when empty
  /// @param after where the watcher left off, to be shown what came since
  public record Watch(
      BoundedSourceQueue<Live> queue,
      Predicate<Live.Message> wanted,
      OptionalInt rate,
      Optional<Position> after)
      implements Command {}

  /// The queue is read no more.
  public record Unwatch(BoundedSourceQueue<Live> queue) implements Command {}

  private record Heard(Traffic traffic) implements Command {}

  private record Feeds(Set<ActorRef<Traffic>> watched) implements Command {}

  private enum Timer implements Command {
    TELL_GAPS,
    FORGET
  }

  /// The last messages, for those who come back after a broken connection: a browser is back in
  /// two seconds, which are 10,000 messages on a busy node.
  static final int REMEMBERED = 20_000;

  /// Their bytes in all.
  private static final long REMEMBERED_BYTES = 32 << 20;

  /// A queue holds all that is remembered and some more to come.
  static final int QUEUE = 2 * REMEMBERED;

  /// How long a feed goes on listening after its last watcher left: a browser on a bad line comes
  /// back and resumes without a hole.
  static final Duration LINGER = Duration.ofMinutes(5);

  private static final Duration GAP_ROUND = Duration.ofSeconds(1);

  private static final ServiceKey<Traffic> FEEDS =
      ServiceKey.create(Traffic.class, "sipscope-live");

  private final Audience audience;
  private final TimerScheduler<Command> timers;
  private final ActorRef<Traffic> ear;
  private final Map<BoundedSourceQueue<Live>, Seat> seats = new LinkedHashMap<>();
  private final ArrayDeque<Live.Message> remembered = new ArrayDeque<>();
  private Set<ActorRef<Traffic>> elsewhere = Set.of();
  private long rememberedBytes;
  private boolean listening;

  public static Behavior<Command> create(Audience audience) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new LiveFeed(context, timers, audience)));
  }

  private LiveFeed(
      ActorContext<Command> context, TimerScheduler<Command> timers, Audience audience) {
    super(context);
    this.audience = audience;
    this.timers = timers;
    this.ear = context.spawn(ear(audience, context.getSelf()), "ear");
    var news =
        context.messageAdapter(
            Receptionist.Listing.class, found -> new Feeds(found.getServiceInstances(FEEDS)));
    context.getSystem().receptionist().tell(Receptionist.subscribe(FEEDS, news));
  }

  /// What the other nodes' feeds know of this one.
  private static Behavior<Traffic> ear(Audience audience, ActorRef<Command> feed) {
    return Behaviors.receiveMessage(
        traffic -> {
          if (audience.admits(traffic.rungs().size())) {
            feed.tell(new Heard(traffic));
          }
          return Behaviors.same();
        });
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Publish(var traffic) -> {
        elsewhere.forEach(feed -> feed.tell(traffic));
        show(traffic);
      }
      case Heard(var traffic) -> show(traffic);
      case Watch watch -> seat(watch);
      case Unwatch(var queue) -> unseat(queue);
      case Feeds(var watched) -> know(watched);
      case Timer.TELL_GAPS -> tellGaps();
      case Timer.FORGET -> forget();
    }
    return this;
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      audience.present(false);
      seats.keySet().forEach(BoundedSourceQueue::complete);
    }
    return this;
  }

  private void show(Traffic traffic) {
    audience.took(traffic.rungs().size());
    if (!listening) {
      return;
    }
    for (var rung : traffic.rungs()) {
      var message = new Live.Message(traffic.key(), rung);
      remember(message);
      seats.values().forEach(seat -> seat.show(message));
    }
  }

  private void remember(Live.Message message) {
    remembered.addLast(message);
    rememberedBytes += size(message);
    while (remembered.size() > REMEMBERED || rememberedBytes > REMEMBERED_BYTES) {
      rememberedBytes -= size(remembered.removeFirst());
    }
  }

  private static int size(Live.Message message) {
    return message.rung().capture().sip().length();
  }

  private void seat(Watch watch) {
    timers.cancel(Timer.FORGET);
    if (!listening) {
      listening = true;
      audience.missed();
      audience.present(true);
      timers.startTimerWithFixedDelay(Timer.TELL_GAPS, Timer.TELL_GAPS, GAP_ROUND);
      getContext().getSystem().receptionist().tell(Receptionist.register(FEEDS, ear));
    }
    var sampling =
        watch.rate().isPresent()
            ? Optional.of(new Sampling(watch.rate().getAsInt()))
            : Optional.<Sampling>empty();
    var seat = new Seat(watch.queue(), watch.wanted(), sampling);
    watch.after().ifPresent(position -> resume(seat, position));
    seats.put(watch.queue(), seat);
  }

  private void resume(Seat seat, Position position) {
    if (remembered.stream().noneMatch(message -> message.position().equals(position))) {
      seat.showUnknownGap();
      return;
    }
    remembered.stream()
        .dropWhile(message -> !message.position().equals(position))
        .skip(1)
        .forEach(seat::show);
  }

  private void unseat(BoundedSourceQueue<Live> queue) {
    seats.remove(queue);
    if (seats.isEmpty() && listening) {
      timers.startSingleTimer(Timer.FORGET, Timer.FORGET, LINGER);
    }
  }

  private void know(Set<ActorRef<Traffic>> watched) {
    var others = new LinkedHashSet<>(watched);
    others.remove(ear);
    elsewhere = Set.copyOf(others);
    audience.present(listening || !elsewhere.isEmpty());
  }

  private void tellGaps() {
    long missed = audience.missed();
    for (var seat : seats.values()) {
      seat.missed(missed);
      seat.caughtUp();
      seat.tick();
    }
  }

  private void forget() {
    listening = false;
    remembered.clear();
    rememberedBytes = 0;
    timers.cancel(Timer.TELL_GAPS);
    getContext().getSystem().receptionist().tell(Receptionist.deregister(FEEDS, ear));
    audience.present(!elsewhere.isEmpty());
  }
}
