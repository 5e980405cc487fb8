package io.sipscope.persistence.alerts;

import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.events.OwnEvents;
import io.sipscope.persistence.events.SubscriberSocket;
import io.sipscope.persistence.notes.NoteStore;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.SessionMeasures;
import io.sipscope.persistence.statistics.SessionMeasures.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
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

/// One per node, of which that of the oldest looks at every rule once a second and tells of what it
/// finds: by `E_ALERT`, and by the rule's own webhook. How each rule is doing is replicated, so
/// that the next oldest goes on where this one left off, and nothing is told twice.
///
/// The rules are read when a node becomes the oldest, when one of them was changed on whatever
/// node, and when nodes are heard of again, as word of a change may have been lost meanwhile. The
/// KPIs are made of sums that every node has of its own; each sends them to the others while there
/// are rules about KPIs.
public final class Alerts extends AbstractMatchingBehavior<Alerts.Command> {
  public sealed interface Command {}

  private enum Tick implements Command {
    TICK
  }

  /// A rule was changed on this node.
  private enum RuleChanged implements Command {
    HERE
  }

  /// A rule was changed on another node. Crosses nodes.
  record ChangedElsewhere() implements Command {}

  /// What a node measured. Crosses nodes.
  ///
  /// @param node by its address and incarnation
  record Measured(String node, Map<Side, KpiSums> sums) implements Command {
    Measured {
      sums = Map.copyOf(sums);
    }
  }

  private record Rules(List<AlertRule> rules) implements Command {}

  private record Unread(Throwable failure) implements Command {}

  private record Listed(Set<ActorRef<Command>> nodes) implements Command {}

  private record Heard(SubscribeResponse<LWWMap<String, AlertState>> news) implements Command {}

  private record Updated(UpdateResponse<LWWMap<String, AlertState>> outcome) implements Command {}

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Key<LWWMap<String, AlertState>> KEY = LWWMapKey.create("alert-states");
  private static final ServiceKey<Command> SERVICE = ServiceKey.create(Command.class, "alerts");
  private static final int DECIMALS = 3;

  /// What it works with.
  ///
  /// @param measures of this node
  /// @param clock milliseconds since the epoch
  /// @param isOldest whether this node is to look
  public record Surroundings(
      ClusterStatistics statistics,
      SessionMeasures measures,
      Events events,
      LongSupplier clock,
      BooleanSupplier isOldest) {}

  private final Surroundings around;
  private final NoteStore notes;
  private final Map<String, AlertState> states;
  private final AlertValues values;
  private final Cluster cluster;
  private final SelfUniqueAddress self;
  private final ReplicatorMessageAdapter<Command, LWWMap<String, AlertState>> replicator;
  private final Map<String, AlertTrack> tracks = new HashMap<>();
  private final KpiGrowth growth = new KpiGrowth();
  private Set<ActorRef<Command>> nodes = Set.of();
  private List<AlertRule> rules = List.of();

  /// Whether the rules may be others than those it knows.
  private boolean stale = true;

  private boolean reads;
  private boolean isAway;

  /// Whether it looks, and knows the rules.
  private boolean looks;

  /// Starts it, and answers what others use.
  public static AlertBook start(
      NoteStore notes,
      Surroundings around,
      Function<Behavior<Command>, ActorRef<Command>> starting) {
    var states = new ConcurrentHashMap<String, AlertState>();
    var actor =
        starting.apply(
            Behaviors.setup(
                context ->
                    DistributedData.withReplicatorMessageAdapter(
                        (ReplicatorMessageAdapter<Command, LWWMap<String, AlertState>>
                                replicator) ->
                            Behaviors.withTimers(
                                timers ->
                                    new Alerts(
                                        context, timers, replicator, around, notes, states)))));
    return new AlertBook(notes, around.clock(), () -> states, () -> actor.tell(RuleChanged.HERE));
  }

  private Alerts(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ReplicatorMessageAdapter<Command, LWWMap<String, AlertState>> replicator,
      Surroundings around,
      NoteStore notes,
      Map<String, AlertState> states) {
    super(context);
    this.around = around;
    this.notes = notes;
    this.states = states;
    this.replicator = replicator;
    values = new AlertValues(around.statistics());
    cluster = Cluster.get(context.getSystem());
    self = DistributedData.get(context.getSystem()).selfUniqueAddress();
    replicator.subscribe(KEY, Heard::new);
    var receptionist = context.getSystem().receptionist();
    receptionist.tell(Receptionist.register(SERVICE, context.getSelf()));
    receptionist.tell(
        Receptionist.subscribe(
            SERVICE,
            context.messageAdapter(
                Receptionist.Listing.class,
                listing -> new Listed(listing.getServiceInstances(SERVICE)))));
    timers.startTimerAtFixedRate(Tick.TICK, INTERVAL);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Tick.TICK -> tick();
      case RuleChanged.HERE -> {
        stale = true;
        others().forEach(node -> node.tell(new ChangedElsewhere()));
      }
      case ChangedElsewhere() -> stale = true;
      case Rules(var read) -> {
        reads = false;
        isAway = false;
        begin();
        rules = read;
      }
      case Unread(var failure) -> wereNotRead(failure);
      case Measured(var node, var sums) -> growth.heard(node, sums);
      case Listed(var reachable) -> {
        nodes = reachable;
        stale = true;
      }
      case Heard(Changed<LWWMap<String, AlertState>> changed) ->
          heard(changed.get(KEY).getEntries());
      case Heard _ -> {} // the key was never written: there was no rule yet
      case Updated _ -> {} // a local write; gossip takes it to the others
    }
    return this;
  }

  /// Who looks knows best.
  private void heard(Map<String, AlertState> news) {
    if (!around.isOldest().getAsBoolean()) {
      states.keySet().retainAll(news.keySet());
      states.putAll(news);
    }
  }

  private void tick() {
    if (around.isOldest().getAsBoolean()) {
      read();
      if (looks) {
        look();
      }
    } else {
      looks = false;
      stale = true;
      tracks.clear();
      growth.forget();
      if (states.values().stream().anyMatch(AlertState::isOfKpi)) {
        tellSums();
      }
    }
  }

  private void read() {
    if (stale && !reads) {
      stale = false;
      reads = true;
      getContext()
          .pipeToSelf(
              AlertBook.rules(notes),
              (read, failure) -> failure == null ? new Rules(read) : new Unread(failure));
    }
  }

  /// A store that is away leaves the rules as they are, and is asked again.
  private void wereNotRead(Throwable failure) {
    reads = false;
    stale = true;
    if (!isAway) {
      getContext().getLog().warn("the alert rules cannot be read: {}", failure.toString());
    }
    isAway = true;
  }

  /// Goes on where the oldest node before left off.
  private void begin() {
    if (looks) {
      return;
    }
    looks = true;
    states.forEach(
        (name, state) ->
            AlertRule.parse(name, state.rule())
                .ifPresent(rule -> tracks.put(name, new AlertTrack(rule, state))));
  }

  private Stream<ActorRef<Command>> others() {
    return nodes.stream().filter(node -> !node.equals(getContext().getSelf()));
  }

  private void tellSums() {
    var own = own();
    others().forEach(node -> node.tell(new Measured(self.uniqueAddress().toString(), own)));
  }

  private Map<Side, KpiSums> own() {
    var sums = new HashMap<Side, KpiSums>();
    around.measures().sides().forEach((side, found) -> sums.put(side, KpiSums.of(found)));
    return sums;
  }

  private void look() {
    long now = around.clock().getAsLong();
    forgetOthers();
    if (rules.stream().anyMatch(AlertRule::isOfKpi)) {
      growth.keepOnly(reachable());
      growth.heard(self.uniqueAddress().toString(), own());
    } else {
      growth.forget();
    }
    if (!rules.isEmpty()) {
      values.tick(now, growth.sums());
    }
    for (var rule : rules) {
      var track =
          tracks.computeIfAbsent(
              rule.name(), _ -> new AlertTrack(rule, AlertState.unknown(rule, now)));
      var value = values.of(rule);
      track.step(now, value).ifPresent(turn -> tell(track, turn));
    }
    publish();
  }

  private Set<String> reachable() {
    var state = cluster.state();
    var reachable = new HashSet<String>();
    for (var member : state.getMembers()) {
      if (!state.getUnreachable().contains(member)) {
        reachable.add(member.uniqueAddress().toString());
      }
    }
    return reachable;
  }

  /// A rule that was changed or deleted while it was raised is raised no more.
  private void forgetOthers() {
    for (var track : List.copyOf(tracks.values())) {
      if (!rules.contains(track.rule())) {
        tracks.remove(track.rule().name());
        if (track.state().phase() == AlertState.Phase.RAISED) {
          tell(track, AlertTrack.Turn.CLEARED);
        }
      }
    }
  }

  private void tell(AlertTrack track, AlertTrack.Turn turn) {
    var rule = track.rule();
    var event =
        OwnEvents.alert(
            rule.name(),
            rule.statistic(),
            track.state().value().isPresent() ? text(track.state().value().getAsDouble()) : "",
            text(rule.bound()),
            rule.comparison(),
            turn == AlertTrack.Turn.RAISED);
    getContext().getLog().info("alert {} is {}", rule.name(), turn);
    around.events().raise(event);
    rule.webhook().ifPresent(url -> around.events().send(new SubscriberSocket.Web(url), event));
  }

  /// Decimal, at most three places.
  static String text(double value) {
    var rounded =
        BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
    return (rounded.scale() < 0 ? rounded.setScale(0) : rounded).toPlainString();
  }

  private void publish() {
    var now = new HashMap<String, AlertState>();
    tracks.forEach((name, track) -> now.put(name, track.state()));
    if (now.equals(states)) {
      return;
    }
    var gone = Set.copyOf(states.keySet());
    states.keySet().retainAll(now.keySet());
    states.putAll(now);
    replicator.askUpdate(
        replyTo ->
            new Update<>(
                KEY,
                LWWMap.create(),
                Replicator.writeLocal(),
                replyTo,
                map -> replaced(map, gone, now)),
        Updated::new);
  }

  private LWWMap<String, AlertState> replaced(
      LWWMap<String, AlertState> map, Set<String> before, Map<String, AlertState> now) {
    var known = map.getEntries();
    var next = map;
    for (var name : before) {
      if (!now.containsKey(name)) {
        next = next.remove(self, name);
      }
    }
    for (var entry : now.entrySet()) {
      if (!entry.getValue().equals(known.get(entry.getKey()))) {
        next = next.put(self, entry.getKey(), entry.getValue());
      }
    }
    return next;
  }
}
