package io.sipscope.persistence.events;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// The events that can be subscribed to and raised, each with its id: its place in the order of
/// registration. The core's come first and in OpenSIPS's own order, then those of dialogs, then
/// ours; what each says is in [EventCatalogue].
public final class EventNames {
  public static final String SR_STATUS_CHANGED = "E_CORE_SR_STATUS_CHANGED";
  public static final String THRESHOLD = "E_CORE_THRESHOLD";
  public static final String SHM_THRESHOLD = "E_CORE_SHM_THRESHOLD";
  public static final String PKG_THRESHOLD = "E_CORE_PKG_THRESHOLD";
  public static final String AUTO_SCALE = "E_CORE_PROC_AUTO_SCALE";
  public static final String TCP_DISCONNECT = "E_CORE_TCP_DISCONNECT";
  public static final String PROFILING_SCRIPT = "E_PROFILING_SCRIPT";
  public static final String PROFILING_PROC = "E_PROFILING_PROC";
  public static final String LOG = "E_CORE_LOG";
  public static final String DLG_STATE_CHANGED = "E_DLG_STATE_CHANGED";

  public static final String AGENT_LOST = "E_AGENT_LOST";
  public static final String AGENT_BACK = "E_AGENT_BACK";
  public static final String AGENT_REFUSED = "E_SIPSCOPE_AGENT_REFUSED";
  public static final String CAPTURE_DROPS = "E_CAPTURE_DROPS";
  public static final String TRACE_DESTINATION_DOWN = "E_TRACE_DESTINATION_DOWN";
  public static final String TRACE_DESTINATION_UP = "E_TRACE_DESTINATION_UP";
  public static final String VERDICT_BAD = "E_VERDICT_BAD";
  public static final String SHARD_MOVED = "E_SHARD_MOVED";
  public static final String MEMBER_UP = "E_MEMBER_UP";
  public static final String MEMBER_DOWN = "E_MEMBER_DOWN";
  public static final String ALERT = "E_ALERT";

  private volatile List<String> names;

  /// With the log's event among them.
  ///
  /// @param own events of the operator's own (`sipscope.events.names`), after those of the core
  public EventNames(List<String> own) {
    this(own, /* log */ true);
  }

  /// @param log whether lines of the log are events
  public EventNames(List<String> own, boolean log) {
    var all = new ArrayList<String>();
    EventCatalogue.ALL.stream()
        .map(EventDescription::name)
        .filter(name -> !name.equals(LOG))
        .forEach(all::add);
    own.stream().filter(name -> !all.contains(name) && !name.equals(LOG)).forEach(all::add);
    if (log) {
      all.add(LOG); // OpenSIPS registers it when all else is
    }
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
