package io.sipscope.node.script.compile;

import io.sipscope.node.script.run.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A script that can run. Any number of threads may run it at once, each with a [Run] of its own.
///
/// @param request `route`
/// @param reply `onreply_route`
/// @param events `event_route[E_X]`, by event
/// @param routes `route[name]`, by name
public record Program(
    Optional<Routine> request,
    Optional<Routine> reply,
    List<Timer> timers,
    Optional<Routine> startup,
    Map<String, Routine> events,
    Map<String, Routine> routes) {
  public Program {
    timers = List.copyOf(timers);
    events = Map.copyOf(events);
    routes = Map.copyOf(routes);
  }

  /// `timer_route[name, seconds]`.
  public record Timer(String name, long seconds, Routine routine) {}

  /// Runs for a request.
  public void message(Run run) {
    request.ifPresent(routine -> routine.run(run));
  }

  /// Runs for a reply.
  public void reply(Run run) {
    reply.ifPresent(routine -> routine.run(run));
  }

  public Optional<Routine> event(String name) {
    return Optional.ofNullable(events.get(name));
  }

  public Optional<Routine> route(String name) {
    return Optional.ofNullable(routes.get(name));
  }

  /// Whether nothing runs for a message.
  public boolean isIdle() {
    return request.isEmpty() && reply.isEmpty();
  }
}
