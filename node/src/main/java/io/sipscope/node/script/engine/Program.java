package io.sipscope.node.script.engine;

import io.sipscope.persistence.trace.TraceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that runs on a node: the rules of the configuration, then the script. A reload puts another
/// in its place.
///
/// @param requests run for each request, one after the other, in one run
/// @param replies likewise
/// @param events by the event's name
/// @param named `route[name]`
public record Program(
    List<Route> requests,
    List<Route> replies,
    List<Timer> timers,
    Optional<Route> startup,
    Map<String, Route> events,
    Map<String, Route> named) {
  public static final Program EMPTY =
      new Program(List.of(), List.of(), List.of(), Optional.empty(), Map.of(), Map.of());

  public Program {
    requests = List.copyOf(requests);
    replies = List.copyOf(replies);
    timers = List.copyOf(timers);
    events = Map.copyOf(events);
    named = Map.copyOf(named);
  }

  /// `timer_route[name, seconds]`.
  public record Timer(String name, long seconds, Route route) {}

  /// The rules of the configuration, each by itself: as a script they would be an `if` each, with
  /// a `trace` in it.
  public static Program of(List<TraceRule> rules) {
    var routes = rules.stream().map(Program::route).toList();
    return new Program(routes, routes, List.of(), Optional.empty(), Map.of(), Map.of());
  }

  private static Route route(TraceRule rule) {
    return run ->
        run.subject()
            .filter(subject -> rule.fits(subject.message(), subject.capture()))
            .ifPresent(_ -> run.orders().add(rule.order()));
  }

  /// The rules of this one before what another has.
  public Program then(Program script) {
    return new Program(
        joined(requests, script.requests),
        joined(replies, script.replies),
        script.timers,
        script.startup,
        script.events,
        script.named);
  }

  private static List<Route> joined(List<Route> first, List<Route> then) {
    var all = new ArrayList<>(first);
    all.addAll(then);
    return all;
  }

  /// Whether no message is looked at.
  public boolean ignoresMessages() {
    return requests.isEmpty() && replies.isEmpty();
  }
}
