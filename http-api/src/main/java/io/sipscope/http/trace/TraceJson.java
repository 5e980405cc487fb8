package io.sipscope.http.trace;

import io.sipscope.http.json.Rfc3339;
import io.sipscope.persistence.trace.DestinationState;
import io.sipscope.persistence.trace.DynamicTrace;
import io.sipscope.persistence.trace.TraceDestination;
import io.sipscope.persistence.trace.TraceRule;
import io.sipscope.persistence.trace.TraceScope;
import io.sipscope.persistence.trace.TraceTarget;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What `/api/trace` answers.
///
/// @param on the global switch, which dynamic traces do not go by
record TraceJson(boolean on, List<One> traces, List<Rule> rules) {

  /// One destination of one id.
  ///
  /// @param type `hep`, `sip`, `database`, `file`, `syslog`
  /// @param on the id's own switch; `true` for a dynamic one
  /// @param filters of a dynamic one: `caller`, `callee` or `ip` and its value each
  /// @param scope of a dynamic one; `null` where the rules say it
  /// @param startedAt of a dynamic one, else `null`
  /// @param state of this node's lane; `null` while there is none
  record One(
      String id,
      String type,
      String uri,
      boolean on,
      boolean dynamic,
      List<Map<String, String>> filters,
      String scope,
      String startedAt,
      State state) {}

  /// @param trouble why it is not up; `null` when it is
  /// @param queued messages that wait in memory
  /// @param sent and the rest: messages since the node started
  record State(
      boolean up,
      String trouble,
      String since,
      long queued,
      long spoolBytes,
      long sent,
      long retried,
      long spooled,
      long dropped) {}

  /// @param conditions in the words of the configuration, all of which must fit; empty = any
  record Rule(String traceId, Map<String, String> conditions, String scope, String attributes) {}

  static One of(TraceTarget target, boolean on, DestinationState state) {
    return new One(
        target.id(),
        type(target.destination()),
        target.uri(),
        on,
        false,
        List.of(),
        null,
        null,
        of(state));
  }

  static One of(DynamicTrace trace, DestinationState state) {
    return new One(
        trace.id(),
        type(trace.destination()),
        trace.shown(),
        true,
        true,
        trace.filters().stream()
            .map(filter -> Map.of("kind", filter.kind().text(), "value", filter.value()))
            .toList(),
        lower(trace.scope()),
        Rfc3339.text(trace.since()),
        of(state));
  }

  private static State of(DestinationState state) {
    if (state == null) {
      return null;
    }
    var counts = state.counts();
    return new State(
        state.up(),
        state.trouble().isEmpty() ? null : state.trouble(),
        Rfc3339.text(state.since()),
        state.queued(),
        state.spoolBytes(),
        counts.sent(),
        counts.retried(),
        counts.spooled(),
        counts.dropped());
  }

  static Rule of(TraceRule rule) {
    return new Rule(
        rule.traceId(),
        rule.conditions(),
        rule.scope().map(TraceJson::lower).orElse(null),
        rule.attributes());
  }

  private static String type(TraceDestination destination) {
    return switch (destination) {
      case TraceDestination.Hep _ -> "hep";
      case TraceDestination.Sip _ -> "sip";
      case TraceDestination.Database _ -> "database";
      case TraceDestination.File _ -> "file";
      case TraceDestination.Syslog _ -> "syslog";
    };
  }

  private static String lower(TraceScope scope) {
    return scope.name().toLowerCase(Locale.ROOT);
  }
}
