package io.sipscope.http.trace;

import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.json.Json;
import io.sipscope.http.mi.tracer.Tracer;
import io.sipscope.http.query.PlainGet;
import io.sipscope.persistence.trace.DestinationState;
import io.sipscope.persistence.trace.TraceTarget;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.server.Route;

/// `GET /api/trace`: the switches, the traces with how their destinations are doing on this node,
/// and the rules. They are switched by MI.
public final class TraceRoute {
  private final Tracer tracer;

  public TraceRoute(Tracer tracer) {
    this.tracer = tracer;
  }

  private record Key(String id, String uri) {}

  public Route route() {
    return PlainGet.of(
        segment("api").slash("trace"), () -> CompletableFuture.completedStage(Json.ok(read())));
  }

  private TraceJson read() {
    var settings = tracer.tracing().settings();
    var board = tracer.tracing().board();
    var states = states();
    return new TraceJson(
        board.on(),
        Stream.concat(
                settings.targets().stream()
                    .map(
                        target ->
                            TraceJson.of(target, board.isOn(target.id()), state(target, states))),
                board.dynamic().stream()
                    .map(trace -> TraceJson.of(trace, state(trace.target(), states))))
            .toList(),
        settings.rules().stream().map(TraceJson::of).toList());
  }

  private Map<Key, DestinationState> states() {
    var found = new HashMap<Key, DestinationState>();
    tracer
        .destinations()
        .get()
        .forEach(state -> found.put(new Key(state.id(), state.uri()), state));
    return found;
  }

  /// Null for a destination that was given up or begun just now.
  private static DestinationState state(TraceTarget target, Map<Key, DestinationState> states) {
    return states.get(new Key(target.id(), target.uri()));
  }
}
