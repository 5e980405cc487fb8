package io.sipscope.persistence.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is switched on and which dynamic traces run, as one node knows it: never changed, but
/// replaced.
///
/// @param on the global switch
/// @param otherwise the state of an id whose switch nobody touched
/// @param byId the switches that somebody touched
/// @param dynamic in the order in which OpenSIPS lists them
public record Switchboard(
    boolean on, boolean otherwise, Map<String, Boolean> byId, List<DynamicTrace> dynamic) {
  public Switchboard {
    byId = Map.copyOf(byId);
    dynamic = List.copyOf(dynamic);
  }

  /// As configured: off means that every id is off, too.
  static Switchboard initially(boolean on) {
    return new Switchboard(on, on, Map.of(), List.of());
  }

  /// The id's own switch.
  public boolean isOn(String id) {
    return byId.getOrDefault(id, otherwise);
  }

  /// Whether a configured id traces.
  boolean isEffective(String id) {
    return on && isOn(id);
  }

  Optional<DynamicTrace> dynamic(String route, long since) {
    return dynamic.stream()
        .filter(trace -> trace.since() == since && trace.route().equals(route))
        .findFirst();
  }

  /// What the entries add up to, of the configured ids.
  static Switchboard of(TraceSettings settings, Map<String, TraceEntry> entries) {
    var on = settings.on();
    var byId = new HashMap<String, Boolean>();
    var running = new ArrayList<DynamicTrace>();
    for (var entry : entries.values()) {
      switch (entry.value()) {
        case TraceEntry.Flag(var flag) when entry.name().equals(TraceEntry.GLOBAL) -> on = flag;
        case TraceEntry.Flag(var flag) -> {
          var id = entry.name().substring(TraceEntry.ID.length());
          if (settings.isDefined(id)) {
            byId.put(id, flag);
          }
        }
        case TraceEntry.Running(var trace) -> running.add(trace);
        case TraceEntry.Gone() -> {} // a trace that was stopped, or the switch of a forgotten id
      }
    }
    running.sort(
        Comparator.comparingLong((DynamicTrace trace) -> NameHash.of(trace.id()))
            .thenComparing(Comparator.comparingLong(DynamicTrace::since).reversed()));
    return new Switchboard(on, settings.on(), byId, running);
  }
}
