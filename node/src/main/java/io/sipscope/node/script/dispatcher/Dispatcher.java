package io.sipscope.node.script.dispatcher;

import io.sipscope.http.script.DispatcherSets.State;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Subject;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.protocol.sip.NameAddr;
import io.sipscope.protocol.sip.SipMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// Sets of destinations, of which one is chosen for a message: OpenSIPS's module `dispatcher`. What
/// state one is in is this node's. Used by many threads.
public final class Dispatcher {
  private final LoadPattern pattern;
  private final Map<Integer, AtomicInteger> turns = new ConcurrentHashMap<>();
  private volatile SortedMap<Integer, List<Destination>> sets = new TreeMap<>();

  private Dispatcher(LoadPattern pattern) {
    this.pattern = pattern;
  }

  /// @param sets their URIs in order, by the number of the set
  /// @param pattern `pvar_algo_pattern`, a pseudo-variable with `%u` for the URI and `%i` for the
  ///     set; empty = none, then algorithm 9 takes the first
  /// @throws Unusable when the pattern is no pseudo-variable
  public static Dispatcher of(Map<Integer, List<String>> sets, String pattern) throws Unusable {
    var dispatcher = new Dispatcher(LoadPattern.of(pattern));
    dispatcher.load(sets);
    return dispatcher;
  }

  /// Without any set.
  public static Dispatcher none() {
    return new Dispatcher(LoadPattern.NONE);
  }

  /// One like it whose choices and marks are its own.
  public Dispatcher apart() {
    var next = new TreeMap<Integer, List<Destination>>();
    sets.forEach((set, all) -> next.put(set, all.stream().map(Destination::apart).toList()));
    var apart = new Dispatcher(pattern);
    apart.sets = next;
    return apart;
  }

  /// Takes other sets. A destination that stays in its set keeps its state.
  ///
  /// @throws Unusable when the pattern is none with one of the URIs; then nothing has changed
  public synchronized void load(Map<Integer, List<String>> uris) throws Unusable {
    var next = new TreeMap<Integer, List<Destination>>();
    for (var entry : uris.entrySet()) {
      int set = entry.getKey();
      var known = destinations(set);
      var destinations = new ArrayList<Destination>();
      for (var uri : entry.getValue()) {
        var before = known.stream().filter(one -> one.uri().equals(uri)).findFirst();
        destinations.add(
            before.isPresent()
                ? before.get()
                : new Destination(uri, State.ACTIVE, pattern.of(set, uri), new LongAdder()));
      }
      next.put(set, List.copyOf(destinations));
    }
    sets = next;
  }

  /// The active ones of a set, the chosen one first and then those to go on with; empty when there
  /// is none, or no such set.
  ///
  /// @param algorithm as OpenSIPS numbers them: 0 to 3 hash over Call-ID, From, To, Request-URI,
  ///     4 in turn, 5 hash over the user of the credentials, 6 at random, 9 the least of the
  ///     pattern; any other takes the first
  public List<String> select(int set, int algorithm, Run run) {
    var active =
        new ArrayList<>(
            destinations(set).stream().filter(one -> one.state() == State.ACTIVE).toList());
    if (active.size() > 1) {
      order(active, set, algorithm, run);
    }
    if (!active.isEmpty()) {
      active.getFirst().chosen().increment();
    }
    return active.stream().map(Destination::uri).toList();
  }

  private void order(List<Destination> active, int set, int algorithm, Run run) {
    switch (algorithm) {
      case 0 -> byHash(active, run, message -> message.callId().text());
      case 1 -> byHash(active, run, message -> message.from().uri());
      case 2 -> byHash(active, run, message -> message.to().uri());
      case 3 -> byHash(active, run, SipMessage::requestUri);
      case 4 -> Collections.rotate(active, -turn(set, active.size()));
      case 5 -> byHash(active, run, Dispatcher::credentials);
      case 6 -> Collections.shuffle(active, ThreadLocalRandom.current());
      case 9 -> byLoad(active, run);
      default -> {}
    }
  }

  private static String credentials(SipMessage message) {
    return message.header("Authorization").map(NameAddr::of).map(NameAddr::uri).orElse("");
  }

  private int turn(int set, int size) {
    return turns
            .computeIfAbsent(set, _ -> new AtomicInteger())
            .getAndUpdate(last -> last == Integer.MAX_VALUE ? 0 : last + 1)
        % size;
  }

  private static void byHash(List<Destination> active, Run run, Function<SipMessage, String> over) {
    int hash = run.subject().map(Subject::message).map(over).map(String::hashCode).orElse(0);
    Collections.rotate(active, -Math.floorMod(hash, active.size()));
  }

  /// Read once each: they change meanwhile. What is not counted yet has nothing to do.
  private static void byLoad(List<Destination> active, Run run) {
    var now = new IdentityHashMap<Destination, Long>();
    active.forEach(one -> now.put(one, number(one.load().read(run))));
    active.sort(Comparator.comparing(now::get));
  }

  private static long number(Value load) {
    return load.asNumber().orElse(0);
  }

  /// All of a set, in order; empty for one that is unknown.
  public List<Destination> destinations(int set) {
    return sets.getOrDefault(set, List.of());
  }

  /// Of all sets, each once.
  public List<String> uris() {
    return sets.values().stream()
        .flatMap(set -> set.stream().map(Destination::uri))
        .distinct()
        .toList();
  }

  /// By the numbers of the sets, in their order.
  public SortedMap<Integer, List<Destination>> all() {
    return Collections.unmodifiableSortedMap(sets);
  }

  /// @return false when it is not in the set
  public synchronized boolean mark(int set, String uri, State state) {
    var known = destinations(set);
    if (known.stream().noneMatch(one -> one.uri().equals(uri))) {
      return false;
    }
    var next = new TreeMap<>(sets);
    next.put(set, known.stream().map(one -> one.uri().equals(uri) ? one.as(state) : one).toList());
    sets = next;
    return true;
  }
}
