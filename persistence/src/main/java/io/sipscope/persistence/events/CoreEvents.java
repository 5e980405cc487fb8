package io.sipscope.persistence.events;

import java.util.Optional;
import java.util.OptionalInt;

/// OpenSIPS's core events as they are raised: names and order of the parameters are its own.
public final class CoreEvents {
  private CoreEvents() {}

  /// @param source `msg processing`, `dns`, `pgsql query`, `tcp ops` ...
  /// @param extra what took so long: the message, the name, the SQL
  public static Event threshold(String source, long micros, String extra) {
    return Event.of(EventNames.THRESHOLD)
        .with("source", source)
        .with("time", micros)
        .with("extra", extra);
  }

  /// @param usage percent
  /// @param threshold percent
  /// @param used bytes
  /// @param size bytes
  public static Event heap(int usage, int threshold, long used, long size) {
    return memory(EventNames.SHM_THRESHOLD, usage, threshold, used, size);
  }

  /// @param usage percent
  /// @param threshold percent
  /// @param used bytes
  /// @param size bytes
  public static Event directBuffers(int usage, int threshold, long used, long size, long pid) {
    return memory(EventNames.PKG_THRESHOLD, usage, threshold, used, size).with("pid", pid);
  }

  private static Event memory(String name, int usage, int threshold, long used, long size) {
    return Event.of(name)
        .with("usage", usage)
        .with("threshold", threshold)
        .with("used", used)
        .with("size", size);
  }

  /// @param type `UDP`, `TCP`, `TIMER`
  /// @param filter the socket; `none`
  /// @param load percent
  /// @param process its id in `ps`
  public static Event autoScale(
      String type, String filter, int load, boolean up, int process, long pid) {
    return Event.of(EventNames.AUTO_SCALE)
        .with("group_type", type)
        .with("group_filter", filter)
        .with("group_load", load)
        .with("scale", up ? "up" : "down")
        .with("process_id", process)
        .with("pid", pid);
  }

  /// What the events of profiling say of a step.
  ///
  /// @param session of the message, or the process id
  /// @param verb `start`, `enter`, `exit`, `end`
  /// @param file on entering and leaving only
  /// @param line on entering and leaving only
  /// @param status on leaving and at the end only
  public record Step(
      long session,
      String verb,
      String name,
      int type,
      int depth,
      Optional<String> file,
      OptionalInt line,
      OptionalInt status) {}

  /// @param event one of both profiling events
  /// @param micros since the epoch
  public static Event profiling(String event, long micros, Step step) {
    var raised =
        Event.of(event)
            .with("sec", micros / 1_000_000)
            .with("usec", micros % 1_000_000)
            .with("session", step.session())
            .with("verb", step.verb())
            .with("name", step.name())
            .with("type", step.type())
            .with("depth", step.depth());
    if (step.file().isPresent()) {
      raised = raised.with("file", step.file().get());
    }
    if (step.line().isPresent()) {
      raised = raised.with("line", step.line().getAsInt());
    }
    return step.status().isPresent() ? raised.with("status", step.status().getAsInt()) : raised;
  }

  /// @param time as OpenSIPS writes it: `Nov 20 23:28:16`
  /// @param level `ALERT`, `CRITICAL`, `ERROR`, `WARNING`, `NOTICE`, `INFO`, `DBG`
  /// @param module missing for what a script logged
  /// @param function missing for what a script logged
  public static Event log(
      String time,
      long pid,
      String level,
      Optional<String> module,
      Optional<String> function,
      Optional<String> prefix,
      String message) {
    var raised = Event.of(EventNames.LOG).with("time", time).with("pid", pid).with("level", level);
    raised = with(raised, "module", module);
    raised = with(raised, "function", function);
    raised = with(raised, "prefix", prefix);
    return raised.with("message", message);
  }

  private static Event with(Event event, String name, Optional<String> text) {
    return text.isPresent() ? event.with(name, text.get()) : event;
  }
}
