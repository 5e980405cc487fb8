package io.sipscope.persistence.events;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// The events that can be subscribed to and raised, each with its id: its place in the order of
/// registration. The core's come first and in OpenSIPS's own order.
public final class EventNames {
  public static final String SR_STATUS_CHANGED = "E_CORE_SR_STATUS_CHANGED";
  public static final String THRESHOLD = "E_CORE_THRESHOLD";
  public static final String TCP_DISCONNECT = "E_CORE_TCP_DISCONNECT";
  public static final String DLG_STATE_CHANGED = "E_DLG_STATE_CHANGED";
  public static final String LOG = "E_CORE_LOG";

  private static final List<String> CORE =
      List.of(
          SR_STATUS_CHANGED,
          THRESHOLD,
          "E_CORE_SHM_THRESHOLD",
          "E_CORE_PKG_THRESHOLD",
          "E_CORE_PROC_AUTO_SCALE",
          TCP_DISCONNECT,
          "E_PROFILING_SCRIPT",
          "E_PROFILING_PROC",
          DLG_STATE_CHANGED);

  private volatile List<String> names;

  /// @param own events of the operator's own (`sipscope.events.names`), after those of the core
  public EventNames(List<String> own) {
    var all = new ArrayList<>(CORE);
    own.stream().filter(name -> !all.contains(name) && !name.equals(LOG)).forEach(all::add);
    all.add(LOG); // OpenSIPS registers it when all else is
    names = List.copyOf(all);
  }

  /// Registers an event; one that is known keeps its id.
  public synchronized int register(String name) {
    if (!names.contains(name)) {
      var more = new ArrayList<>(names);
      more.add(name);
      names = List.copyOf(more);
    }
    return names.indexOf(name);
  }

  /// By id.
  public List<String> all() {
    return names;
  }

  /// The id of an event; empty when nobody registered it. Names are case-sensitive.
  public OptionalInt id(String name) {
    int id = names.indexOf(name);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }
}
