package io.sipscope.persistence.events;

import io.sipscope.persistence.events.Forwarding.Place;
import io.sipscope.persistence.notes.NoteStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
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
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;
import org.apache.pekko.cluster.typed.Cluster;

/// One per node: who subscribed to which event, on any node of the cluster. Replicated, so that a
/// subscription survives the node it was made on; what expired is taken out.
public final class Subscriptions extends AbstractMatchingBehavior<Subscriptions.Command> {
  public sealed interface Command {}

  /// What may change who is to be told.
  private sealed interface News extends Command {}

  /// The same socket again refreshes. Known on this node when it is answered, on the others a
  /// moment later.
  ///
  /// @param expire seconds, from 0 (which ends it)
  public record Subscribe(
      String event,
      SubscriberSocket socket,
      int expire,
      Subscription.Era era,
      ActorRef<Subscribed> replyTo)
      implements News {}

  /// @param isFull whether there were too many already, so that nothing was done
  public record Subscribed(boolean isFull) {}

  public record Read(ActorRef<All> replyTo) implements Command {}

  /// @param now by the clock that their ends are to be told by, milliseconds since the epoch
  /// @param subscriptions the newest first, those that expired within the last second included
  /// @param deliveries of all nodes, by the text of the socket; of others some seconds old
  public record All(
      long now, List<Subscription> subscriptions, Map<String, Deliveries> deliveries) {
    public All {
      subscriptions = List.copyOf(subscriptions);
      deliveries = Map.copyOf(deliveries);
    }

    /// Nothing was sent.
    public All(long now, List<Subscription> subscriptions) {
      this(now, subscriptions, Map.of());
    }
  }

  /// An event that happened on another node, which decided who is to be told. Crosses nodes.
  record Forward(Place place, List<Subscription> subscriptions, Event event) implements Command {
    Forward {
      subscriptions = List.copyOf(subscriptions);
    }
  }

  /// How far another node has come with what it forwards here. Crosses nodes.
  record Reached(Place place) implements Command {}

  /// What another node has of what was forwarded to it: all up to a number. Crosses nodes.
  record Has(long stream, long number) implements Command {}

  /// What became of the events that another node told. Crosses nodes.
  record Told(SocketDeliveries deliveries) implements Command {}

  /// A subscription that another node took, ahead of the replicator's news. Crosses nodes.
  record Learn(Subscription subscription) implements News {}

  private enum Tick implements News {
    TICK
  }

  private record Remembered(List<Subscription> subscriptions) implements News {}

  private record NotRemembered(Throwable failure) implements News {}

  private record Heard(SubscribeResponse<LWWMap<String, Subscription>> news) implements News {}

  private record Updated(UpdateResponse<LWWMap<String, Subscription>> outcome) implements News {}

  private record Listed(Set<ActorRef<Command>> nodes) implements News {}

  /// Each is a queue and maybe a connection, here or on another node.
  static final int MOST = 1_000;

  /// Seconds between what a node tells the others of its deliveries.
  private static final int TELLS_EVERY = 3;

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Key<LWWMap<String, Subscription>> KEY =
      LWWMapKey.create("event-subscriptions");
  private static final ServiceKey<Command> SERVICE =
      ServiceKey.create(Command.class, "event-subscriptions");

  private final Events events;
  private final SubscriptionMemory memory;
  private final Renewals renewals;
  private final Members members;
  private final SelfUniqueAddress self;
  private final String me;
  private final Forwardings forwardings;
  private final ReplicatorMessageAdapter<Command, LWWMap<String, Subscription>> replicator;
  private Map<String, Subscription> replicated = Map.of();

  /// What this node was told and the replicator may not have told it yet.
  private final Map<String, Subscription> ahead = new HashMap<>();

  private final DeliveriesAcross deliveries = new DeliveriesAcross();
  private int ticks;

  /// Whether what was kept could not be read.
  private boolean isForgetful;

  private boolean hasTold;

  /// @param configured what is subscribed to as long as this node is there
  public static Behavior<Command> create(
      Events events, NoteStore notes, List<Configured> configured) {
    return Behaviors.setup(
        context ->
            DistributedData.withReplicatorMessageAdapter(
                (ReplicatorMessageAdapter<Command, LWWMap<String, Subscription>> replicator) ->
                    Behaviors.withTimers(
                        timers ->
                            new Subscriptions(
                                context,
                                timers,
                                replicator,
                                events,
                                new SubscriptionMemory(notes),
                                configured))));
  }

  private Subscriptions(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ReplicatorMessageAdapter<Command, LWWMap<String, Subscription>> replicator,
      Events events,
      SubscriptionMemory memory,
      List<Configured> configured) {
    super(context);
    this.events = events;
    this.memory = memory;
    this.replicator = replicator;
    members = new Members(Cluster.get(context.getSystem()), context.getSelf());
    self = DistributedData.get(context.getSystem()).selfUniqueAddress();
    me = self.uniqueAddress().toString();
    forwardings = new Forwardings(me, events);
    renewals = new Renewals(configured, me, events.names());
    replicator.subscribe(KEY, Heard::new);
    var receptionist = context.getSystem().receptionist();
    receptionist.tell(Receptionist.register(SERVICE, context.getSelf()));
    receptionist.tell(
        Receptionist.subscribe(
            SERVICE,
            context.messageAdapter(
                Receptionist.Listing.class,
                listing -> new Listed(listing.getServiceInstances(SERVICE)))));
    remember();
    timers.startTimerWithFixedDelay(Tick.TICK, INTERVAL);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Forward(var place, var subscriptions, var event) -> {
        forwardings.arrived(place);
        events.tell(subscriptions, event);
        if (place.number() % Forwarding.ACKNOWLEDGED_EACH == 0) {
          acknowledge(place);
        }
      }
      case Reached(var place) -> {
        forwardings.reached(place);
        acknowledge(place);
      }
      case Has(var stream, var number) -> forwardings.acknowledged(stream, number);
      case Read(var replyTo) -> replyTo.tell(all());
      case Told(var others) -> deliveries.heard(others);
      case News news -> {
        learn(news);
        layDown();
      }
    }
    return this;
  }

  private void learn(News news) {
    switch (news) {
      case Subscribe subscribe -> subscribe(subscribe);
      case Learn(var subscription) -> learn(subscription);
      case Tick.TICK -> {
        purge();
        renewals.due(events.now(), known(), members.others().keySet()).forEach(this::spread);
        if (isForgetful) {
          remember();
        }
        forwardings.remind();
        forwardings.members(members.names());
        if (++ticks % TELLS_EVERY == 0) {
          tellDeliveries();
        }
      }
      case Remembered(var kept) -> remembered(kept);
      case NotRemembered(var failure) -> notRemembered(failure);
      case Listed(var reachable) -> {
        members.reachable(reachable);
        deliveries.nodes(reachable.stream().map(node -> node.path().address().toString()).toList());
      }
      case Heard(Changed<LWWMap<String, Subscription>> changed) ->
          replicated = Map.copyOf(changed.get(KEY).getEntries());
      case Heard _ -> {} // the key was never written: nobody subscribed yet
      case Updated _ -> {} // a local write; gossip takes it to the others
    }
  }

  private void subscribe(Subscribe wanted) {
    var subscription =
        new Subscription(
            wanted.event(),
            wanted.socket(),
            events.now(),
            wanted.expire(),
            wanted.era(),
            me,
            /* permanent */ false);
    var known = known();
    if (known.size() >= MOST && !known.containsKey(subscription.key())) {
      wanted.replyTo().tell(new Subscribed(true));
      return;
    }
    spread(subscription);
    memory.keep(subscription);
    layDown(); // before it is answered: an event may be raised right after
    wanted.replyTo().tell(new Subscribed(false));
  }

  private void spread(Subscription subscription) {
    learn(subscription);
    update(map -> map.put(self, subscription.key(), subscription));
    tellOthers(new Learn(subscription));
  }

  private void remember() {
    isForgetful = false;
    getContext()
        .pipeToSelf(
            memory.read(),
            (kept, failure) -> failure == null ? new Remembered(kept) : new NotRemembered(failure));
  }

  /// The store is asked again as often as it takes, and told of once.
  private void notRemembered(Throwable failure) {
    isForgetful = true;
    if (!hasTold) {
      hasTold = true;
      getContext()
          .getLog()
          .warn("the kept subscriptions cannot be read yet: {}", failure.toString());
    }
  }

  /// What outlived the nodes it was made on. What is known is as new or newer.
  private void remembered(List<Subscription> kept) {
    var known = known();
    for (var subscription : kept) {
      if (!subscription.isShown(events.now())) {
        memory.forget(subscription);
      } else if (!known.containsKey(subscription.key())) {
        spread(subscription);
      }
    }
  }

  private void learn(Subscription subscription) {
    ahead.merge(subscription.key(), subscription, Subscription::newer);
  }

  private Map<String, Subscription> known() {
    var known = new TreeMap<>(replicated);
    ahead.forEach((key, subscription) -> known.merge(key, subscription, Subscription::newer));
    return known;
  }

  private All all() {
    long now = events.now();
    var shown = new ArrayList<Subscription>();
    for (var subscription : known().values()) {
      if (subscription.isShown(now)) {
        shown.add(subscription);
      }
    }
    for (var event : events.routed()) {
      shown.add(Configured.route(event).at(now, me));
    }
    shown.sort((one, other) -> Long.compare(other.subscribedAt(), one.subscribedAt()));
    return new All(now, shown, deliveries.with(events.deliveries()));
  }

  private void tellDeliveries() {
    var address = self.uniqueAddress().address().toString();
    deliveries
        .news(events.deliveries())
        .ifPresent(now -> tellOthers(new Told(new SocketDeliveries(address, now))));
  }

  private void tellOthers(Command command) {
    members.listed().forEach(node -> node.tell(command));
  }

  /// Any node may take out what expired: taking out twice is taking out once.
  private void purge() {
    long now = events.now();
    ahead.values().removeIf(one -> !one.isShown(now) || one.equals(replicated.get(one.key())));
    var gone =
        replicated.values().stream()
            .filter(one -> !one.isShown(now))
            .map(Subscription::key)
            .toList();
    if (!gone.isEmpty()) {
      gone.forEach(key -> memory.forget(replicated.get(key)));
      update(map -> without(map, gone));
    }
  }

  private LWWMap<String, Subscription> without(
      LWWMap<String, Subscription> map, List<String> gone) {
    var left = map;
    for (var key : gone) {
      // It may have been refreshed meanwhile.
      var known = left.get(key);
      if (known.isDefined() && !known.get().isShown(events.now())) {
        left = left.remove(self, key);
      }
    }
    return left;
  }

  private void update(Function<LWWMap<String, Subscription>, LWWMap<String, Subscription>> change) {
    replicator.askUpdate(
        replyTo -> new Update<>(KEY, LWWMap.create(), Replicator.writeLocal(), replyTo, change),
        Updated::new);
  }

  private void layDown() {
    long now = events.now();
    var live = known().values().stream().filter(one -> one.isLive(now)).toList();
    events.audiences(Audience.byEvent(live, forwardings.to(members.others())));
  }

  private void acknowledge(Place place) {
    var node = members.others().get(place.from());
    if (node != null) {
      node.tell(new Has(place.stream(), place.number()));
    }
  }
}
