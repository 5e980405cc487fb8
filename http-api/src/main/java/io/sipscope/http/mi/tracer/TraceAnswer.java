package io.sipscope.http.mi.tracer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sipscope.persistence.trace.DynamicTrace;
import io.sipscope.persistence.trace.TraceDestination;
import io.sipscope.persistence.trace.TraceTarget;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What `trace` answers, its members in the order of OpenSIPS.
final class TraceAnswer {
  private TraceAnswer() {}

  record All(String global, @JsonProperty("trace destinations") List<Destination> destinations) {}

  record Destinations(@JsonProperty("trace destinations") List<Destination> destinations) {}

  /// @param type empty, and then left out, for a file and for syslog
  /// @param uri likewise
  /// @param filters the last given first; left out when there are none
  record Destination(
      String name,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String type,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String uri,
      String state,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Map<String, String>> filters) {}

  static All all(Tracer tracer) {
    return new All(Mode.text(tracer.tracing().board().on()), destinations(tracer));
  }

  static List<Destination> destinations(Tracer tracer) {
    var board = tracer.tracing().board();
    return Stream.concat(
            tracer.tracing().settings().targets().stream()
                .map(target -> configured(target, board.isOn(target.id()))),
            board.dynamic().stream().map(TraceAnswer::dynamic))
        .toList();
  }

  /// Those of one id: the configured ones, else the dynamic ones.
  static List<Destination> of(Tracer tracer, String id) {
    var board = tracer.tracing().board();
    return tracer.tracing().settings().isDefined(id)
        ? tracer.tracing().settings().targets().stream()
            .filter(target -> target.id().equals(id))
            .map(target -> configured(target, board.isOn(id)))
            .toList()
        : board.dynamic().stream()
            .filter(trace -> trace.id().equals(id))
            .map(TraceAnswer::dynamic)
            .toList();
  }

  /// By what messages of an id are sent, likewise.
  static List<String> routes(Tracer tracer, String id) {
    return tracer.tracing().settings().isDefined(id)
        ? List.of(id)
        : tracer.tracing().board().dynamic().stream()
            .filter(trace -> trace.id().equals(id))
            .map(DynamicTrace::route)
            .toList();
  }

  private static Destination configured(TraceTarget target, boolean on) {
    var type = type(target.destination());
    var uri = type.isEmpty() ? "" : target.uri();
    return new Destination(target.id(), type, uri, Mode.text(on), List.of());
  }

  private static Destination dynamic(DynamicTrace trace) {
    var filters =
        trace.filters().reversed().stream()
            .map(filter -> Map.of(filter.kind().text(), filter.value()))
            .toList();
    return new Destination(
        trace.id(), type(trace.destination()), trace.shown(), "dynamic", filters);
  }

  /// OpenSIPS has no word for the last two, and lists them without type and uri: empty.
  private static String type(TraceDestination destination) {
    return switch (destination) {
      case TraceDestination.Hep _ -> "HEP";
      case TraceDestination.Sip _ -> "SIP";
      case TraceDestination.Database _ -> "Database";
      case TraceDestination.File _, TraceDestination.Syslog _ -> "";
    };
  }
}
