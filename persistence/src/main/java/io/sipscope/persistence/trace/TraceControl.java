package io.sipscope.persistence.trace;

import io.sipscope.persistence.trace.TraceEntry.Flag;
import io.sipscope.persistence.trace.TraceEntry.Gone;
import io.sipscope.persistence.trace.TraceEntry.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
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
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;

/// One per node. Knows what of tracing is switched how: what is flipped on any node is kept in the
/// store first, then reaches the others through the replicator, and the last flip wins. This node's
/// dialogs read it from [Tracing], which is told of every change and never asks.
public final class TraceControl extends AbstractMatchingBehavior<TraceControl.Command> {
  public sealed interface Command {}

  /// Turns all configured traces on or off.
  public record FlipAll(boolean on, ActorRef<Answer> replyTo) implements Command {}

  /// Turns one configured trace_id on or off.
  public record Flip(String id, boolean on, ActorRef<Answer> replyTo) implements Command {}

  /// Starts a dynamic trace; its route and time are given here.
  public record Start(DynamicTrace trace, ActorRef<Answer> replyTo) implements Command {}

  /// Ends every dynamic trace of an id.
  public record Stop(String id, ActorRef<Answer> replyTo) implements Command {}

  /// [#DONE] comes when it is kept, and this node goes by it; the others follow within a gossip
  /// round. Anything else changed nothing.
  public enum Answer {
    DONE,
    UNKNOWN_ID,
    /// A configured trace_id has that name and destination.
    USED,
    /// A dynamic trace has.
    USED_BY_DYNAMIC,
    /// There are [#MOST_DYNAMIC] dynamic traces.
    TOO_MANY,
    /// The store did not take it.
    NOT_KEPT
  }

  private record Kept(List<TraceEntry> entries, Optional<String> failure, ActorRef<Answer> replyTo)
      implements Command {}

  /// What nobody waits for.
  private record Noted(Optional<String> failure) implements Command {}

  private record Heard(SubscribeResponse<LWWMap<String, TraceEntry>> news) implements Command {}

  private record Updated(UpdateResponse<LWWMap<String, TraceEntry>> outcome) implements Command {}

  /// Each is looked at for every message.
  public static final int MOST_DYNAMIC = 64;

  /// How long it is remembered that something is gone: every node has heard of it by then.
  private static final Duration GONE_FOR = Duration.ofHours(1);

  private static final Key<LWWMap<String, TraceEntry>> KEY = LWWMapKey.create("trace");

  private final Tracing tracing;
  private final TraceMemory memory;
  private final LongSupplier now;
  private final SelfUniqueAddress self;
  private final ReplicatorMessageAdapter<Command, LWWMap<String, TraceEntry>> replicator;
  private final Map<String, TraceEntry> entries = new HashMap<>();

  /// @param kept what the store had when the node started
  /// @param now nanoseconds since the epoch
  public static Behavior<Command> create(
      Tracing tracing, TraceMemory memory, List<TraceEntry> kept, LongSupplier now) {
    return Behaviors.setup(
        context ->
            DistributedData.withReplicatorMessageAdapter(
                (ReplicatorMessageAdapter<Command, LWWMap<String, TraceEntry>> replicator) ->
                    new TraceControl(context, replicator, tracing, memory, kept, now)));
  }

  private TraceControl(
      ActorContext<Command> context,
      ReplicatorMessageAdapter<Command, LWWMap<String, TraceEntry>> replicator,
      Tracing tracing,
      TraceMemory memory,
      List<TraceEntry> kept,
      LongSupplier now) {
    super(context);
    this.replicator = replicator;
    this.tracing = tracing;
    this.memory = memory;
    this.now = now;
    self = DistributedData.get(context.getSystem()).selfUniqueAddress();
    replicator.subscribe(KEY, Heard::new);
    take(kept);
    forgetSwitchesOfGoneIds();
    replicate(List.copyOf(entries.values()));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case FlipAll(var on, var replyTo) -> keep(entry(TraceEntry.GLOBAL, new Flag(on)), replyTo);
      case Flip(var id, var on, var replyTo) -> flip(id, on, replyTo);
      case Start(var trace, var replyTo) -> start(trace, replyTo);
      case Stop(var id, var replyTo) -> stop(id, replyTo);
      case Kept kept -> kept(kept);
      case Noted(var failure) -> failure.ifPresent(this::complain);
      case Heard(Changed<LWWMap<String, TraceEntry>> changed) ->
          take(changed.get(KEY).getEntries().values());
      case Heard _ -> {} // the key was never written: nothing was flipped
      case Updated _ -> {} // a local write; gossip does the rest
    }
    return this;
  }

  private void flip(String id, boolean on, ActorRef<Answer> replyTo) {
    if (tracing.settings().isDefined(id)) {
      keep(entry(TraceEntry.ID + id, new Flag(on)), replyTo);
    } else {
      replyTo.tell(Answer.UNKNOWN_ID);
    }
  }

  private void start(DynamicTrace trace, ActorRef<Answer> replyTo) {
    var running = tracing.board().dynamic();
    boolean isUsed =
        tracing.settings().targets().stream()
            .anyMatch(target -> isSame(target.id(), target.destination(), trace));
    if (isUsed) {
      replyTo.tell(Answer.USED);
    } else if (running.stream().anyMatch(other -> isSame(other.id(), other.destination(), trace))) {
      replyTo.tell(Answer.USED_BY_DYNAMIC);
    } else if (running.size() >= MOST_DYNAMIC) {
      replyTo.tell(Answer.TOO_MANY);
    } else {
      var route = route(trace.id(), running);
      var name = TraceEntry.DYNAMIC + route;
      long written = time(name);
      keep(new TraceEntry(name, written, new Running(trace.with(route, written))), replyTo);
    }
  }

  private static boolean isSame(String id, TraceDestination destination, DynamicTrace trace) {
    return id.equals(trace.id()) && destination.equals(trace.destination());
  }

  /// The id, or with a number behind it what no other has.
  private String route(String id, List<DynamicTrace> running) {
    var route = id;
    for (int number = 2; isTaken(route, running); number++) {
      route = id + "#" + number;
    }
    return route;
  }

  private boolean isTaken(String route, List<DynamicTrace> running) {
    return tracing.settings().isDefined(route)
        || running.stream().anyMatch(other -> other.route().equals(route));
  }

  private void stop(String id, ActorRef<Answer> replyTo) {
    var gone =
        tracing.board().dynamic().stream()
            .filter(trace -> trace.id().equals(id))
            .map(trace -> entry(TraceEntry.DYNAMIC + trace.route(), new Gone()))
            .toList();
    if (gone.isEmpty()) {
      replyTo.tell(Answer.UNKNOWN_ID);
    } else {
      keep(gone, replyTo);
    }
  }

  private TraceEntry entry(String name, TraceEntry.Value value) {
    return new TraceEntry(name, time(name), value);
  }

  /// Later than what it replaces, whatever the clocks of the nodes say.
  private long time(String name) {
    var known = entries.get(name);
    return known == null ? now.getAsLong() : Math.max(now.getAsLong(), known.written() + 1_000);
  }

  private void keep(TraceEntry entry, ActorRef<Answer> replyTo) {
    keep(List.of(entry), replyTo);
  }

  private void keep(List<TraceEntry> changed, ActorRef<Answer> replyTo) {
    var all = changed.stream().map(memory::keep).map(stage -> stage.toCompletableFuture()).toList();
    getContext()
        .pipeToSelf(
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(_ -> Done.getInstance()),
            (_, failure) ->
                new Kept(
                    changed, Optional.ofNullable(failure).map(Throwable::getMessage), replyTo));
  }

  private void kept(Kept kept) {
    if (kept.failure().isPresent()) {
      complain(kept.failure().get());
      kept.replyTo().tell(Answer.NOT_KEPT);
      return;
    }
    take(kept.entries());
    replicate(kept.entries());
    kept.replyTo().tell(Answer.DONE);
    forgetWhatIsLongGone();
  }

  private void complain(String failure) {
    getContext().getLog().warn("a trace switch was not kept: {}", failure);
  }

  /// Takes in what is later than what is known.
  private void take(Collection<TraceEntry> news) {
    boolean changed = false;
    for (var entry : news) {
      if (entry.isLaterThan(entries.get(entry.name()))) {
        entries.put(entry.name(), entry);
        changed = true;
      }
    }
    if (changed) {
      tracing.board(Switchboard.of(tracing.settings(), entries));
    }
  }

  /// An entry's own time decides, not when it was written here: what comes from the store at a
  /// start is old.
  private void replicate(List<TraceEntry> changed) {
    if (changed.isEmpty()) {
      return;
    }
    replicator.askUpdate(
        replyTo ->
            new Update<>(
                KEY, LWWMap.create(), Replicator.writeLocal(), replyTo, map -> put(map, changed)),
        Updated::new);
  }

  private LWWMap<String, TraceEntry> put(LWWMap<String, TraceEntry> map, List<TraceEntry> changed) {
    var all = map;
    for (var entry : changed) {
      if (entry.isLaterThan(all.getEntries().get(entry.name()))) {
        all = all.put(self, entry.name(), entry, (_, value) -> value.written());
      }
    }
    return all;
  }

  /// A trace_id that is configured no more and comes back later is as new.
  private void forgetSwitchesOfGoneIds() {
    for (var entry : List.copyOf(entries.values())) {
      boolean isFlip = entry.name().startsWith(TraceEntry.ID) && entry.value() instanceof Flag;
      if (isFlip && !tracing.settings().isDefined(entry.name().substring(TraceEntry.ID.length()))) {
        var gone = entry(entry.name(), new Gone());
        entries.put(gone.name(), gone);
        getContext().pipeToSelf(memory.keep(gone), (_, failure) -> noted(failure));
      }
    }
  }

  private void forgetWhatIsLongGone() {
    var longGone = new ArrayList<TraceEntry>();
    for (var entry : entries.values()) {
      if (entry.value() instanceof Gone && entry.written() < now.getAsLong() - GONE_FOR.toNanos()) {
        longGone.add(entry);
      }
    }
    for (var entry : longGone) {
      entries.remove(entry.name());
      getContext().pipeToSelf(memory.forget(entry), (_, failure) -> noted(failure));
    }
    withdraw(longGone);
  }

  private void withdraw(List<TraceEntry> gone) {
    if (gone.isEmpty()) {
      return;
    }
    replicator.askUpdate(
        replyTo ->
            new Update<>(
                KEY, LWWMap.create(), Replicator.writeLocal(), replyTo, map -> without(map, gone)),
        Updated::new);
  }

  private LWWMap<String, TraceEntry> without(
      LWWMap<String, TraceEntry> map, List<TraceEntry> gone) {
    var left = map;
    for (var entry : gone) {
      left = left.remove(self, entry.name());
    }
    return left;
  }

  private static Command noted(Throwable failure) {
    return new Noted(Optional.ofNullable(failure).map(Throwable::getMessage));
  }
}
