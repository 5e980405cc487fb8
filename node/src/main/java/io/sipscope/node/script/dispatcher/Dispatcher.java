package io.sipscope.node.script.dispatcher;

import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Subject;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.VariableKind.Argument;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.node.script.variables.Variables;
import io.sipscope.protocol.sip.NameAddr;
import io.sipscope.protocol.sip.SipMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Sets of destinations, of which one is chosen for a message: OpenSIPS's module `dispatcher`. What
/// state one is in is this node's. Used by many threads.
public final class Dispatcher {
  private static final Pattern PATTERN = Pattern.compile("\\$\\(?([a-zA-Z_.]+)\\((.*?)\\)+");
  private static final String URI = "%u";
  private static final String SET = "%i";

  private final Map<Integer, List<Destination>> sets = new ConcurrentHashMap<>();
  private final Map<Integer, AtomicInteger> turns = new ConcurrentHashMap<>();
  private final Map<Key, Term> loads = new HashMap<>();

  /// Makes what tells how much a destination has to do, by the pattern.
  @FunctionalInterface
  private interface Load {
    Term of(int set, String uri) throws Unusable;
  }

  private record Key(int set, String uri) {}

  private Dispatcher(Map<Integer, List<String>> uris, Optional<Load> load) throws Unusable {
    for (var entry : uris.entrySet()) {
      int set = entry.getKey();
      sets.put(
          set,
          entry.getValue().stream()
              .map(uri -> new Destination(uri, Destination.State.ACTIVE))
              .toList());
      if (load.isPresent()) {
        for (var uri : entry.getValue()) {
          loads.put(new Key(set, uri), load.get().of(set, uri));
        }
      }
    }
  }

  /// @param sets their URIs in order, by the number of the set
  /// @param pattern `pvar_algo_pattern`, a pseudo-variable with `%u` for the URI and `%i` for the
  ///     set; empty = none, then algorithm 9 takes the first
  /// @throws Unusable when the pattern is no pseudo-variable
  public static Dispatcher of(Map<Integer, List<String>> sets, String pattern) throws Unusable {
    return new Dispatcher(
        sets, pattern.isBlank() ? Optional.empty() : Optional.of(load(pattern.strip())));
  }

  private static Load load(String pattern) throws Unusable {
    var parts = PATTERN.matcher(pattern);
    var kind = parts.matches() ? Variables.all().get(parts.group(1)) : null;
    if (kind == null) {
      throw new Unusable(
          "pvar_algo_pattern \"" + pattern + "\" (wanted: a pseudo-variable: $stat(load_%u))");
    }
    var inner = parts.group(2);
    return (set, uri) -> {
      var name = inner.replace(SET, Integer.toString(set)).replace(URI, uri);
      return kind.at(new Argument(_ -> Value.of(name), Optional.of(name), _ -> Value.Missing.NULL));
    };
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
            destinations(set).stream()
                .filter(destination -> destination.state() == Destination.State.ACTIVE)
                .toList());
    if (active.size() > 1) {
      order(active, set, algorithm, run);
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
      case 9 -> byLoad(active, set, run);
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
  private void byLoad(List<Destination> active, int set, Run run) {
    var now = new HashMap<String, Long>();
    for (var one : active) {
      var load = loads.get(new Key(set, one.uri()));
      now.put(one.uri(), load == null ? 0 : load.read(run).asNumber().orElse(0));
    }
    active.sort(Comparator.comparing(one -> now.get(one.uri())));
  }

  /// All of a set, in order; empty for one that is unknown.
  public List<Destination> destinations(int set) {
    return sets.getOrDefault(set, List.of());
  }

  public Map<Integer, List<Destination>> all() {
    return Map.copyOf(sets);
  }

  /// @return false when it is not in the set
  public boolean mark(int set, String uri, Destination.State state) {
    var known = destinations(set);
    if (known.stream().noneMatch(one -> one.uri().equals(uri))) {
      return false;
    }
    sets.computeIfPresent(
        set,
        (_, all) -> all.stream().map(one -> one.uri().equals(uri) ? one.as(state) : one).toList());
    return true;
  }
}
