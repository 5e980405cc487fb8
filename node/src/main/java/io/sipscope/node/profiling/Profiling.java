package io.sipscope.node.profiling;

import io.sipscope.http.mi.core.ProcessProfiling;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.Worker;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Tells of what workers do by `E_PROFILING_PROC`, to whoever waits for it, of the workers whose
/// level asks for it:
///
/// ```text
/// start SIP receiver .. 0 · enter receive 1 · enter decode 2 · exit decode 1 · exit receive 0
/// end SIP receiver .. 0
/// ```
///
/// While all levels are 0 it costs one read of a volatile field for each thing that begins.
public final class Profiling implements ProcessProfiling {
  private static final long PID = ProcessHandle.current().pid();
  private static final long NANOS_OF_A_SECOND = 1_000_000_000L;
  private static final long NANOS_OF_A_MICRO = 1_000L;

  /// OpenSIPS's numbers of kinds of processes.
  private static final int UDP = 1;

  private static final int TCP = 2;
  private static final int TIMER = 3;
  private static final int MODULE = 4;

  private final Events events;
  private final LongSupplier clock;
  private final Map<Integer, Integer> levels = new ConcurrentHashMap<>();
  private volatile int usual;
  private volatile boolean isOn;
  private volatile Optional<Function<String, Worker>> workers = Optional.empty();

  /// @param clock nanoseconds since the epoch
  public Profiling(Events events, LongSupplier clock) {
    this.events = events;
    this.clock = clock;
  }

  /// @param ofThread the worker that a thread belongs to, by the thread's name
  public void workers(Function<String, Worker> ofThread) {
    workers = Optional.of(ofThread);
  }

  @Override
  public int levelOf(int worker) {
    return levels.getOrDefault(worker, usual);
  }

  @Override
  public synchronized void setAll(int level) {
    levels.clear();
    usual = level;
    isOn = level > 0;
  }

  @Override
  public synchronized void set(int worker, int level) {
    levels.put(worker, level);
    isOn = usual > 0 || levels.values().stream().anyMatch(each -> each > 0);
  }

  @Override
  public Session begin(int level) {
    return isOn ? awaited(level) : Session.SILENT;
  }

  private Session awaited(int level) {
    if (!events.isAwaited(EventNames.PROFILING_PROC)) {
      return Session.SILENT;
    }
    return workers
        .map(ofThread -> ofThread.apply(Thread.currentThread().getName()))
        .filter(worker -> levelOf(worker.id()) >= level)
        .<Session>map(worker -> new Told(worker, typeOf(worker, level)))
        .orElse(Session.SILENT);
  }

  private static int typeOf(Worker worker, int level) {
    if (level >= TIMERS) {
      return TIMER;
    }
    if (level >= REQUESTS) {
      return MODULE;
    }
    return worker.type().startsWith("TCP") ? TCP : UDP;
  }

  private final class Told implements Session {
    private final Worker worker;
    private final int type;
    private int depth;

    Told(Worker worker, int type) {
      this.worker = worker;
      this.type = type;
      raise(event("start", worker.type()));
    }

    @Override
    public void enter(String step) {
      depth++;
      raise(event("enter", step, Caller.find()));
    }

    @Override
    public void exit(String step, int status) {
      depth--;
      raise(event("exit", step, Caller.find()).with("status", status));
    }

    @Override
    public void close() {
      raise(event("end", worker.type()).with("status", 0));
    }

    private Event event(String verb, String name, Caller caller) {
      return event(verb, name).with("file", caller.function()).with("line", caller.line());
    }

    private Event event(String verb, String name) {
      long now = clock.getAsLong();
      return Event.of(EventNames.PROFILING_PROC)
          .with("sec", Math.floorDiv(now, NANOS_OF_A_SECOND))
          .with("usec", Math.floorMod(now, NANOS_OF_A_SECOND) / NANOS_OF_A_MICRO)
          .with("session", PID)
          .with("verb", verb)
          .with("name", name)
          .with("type", type)
          .with("depth", depth);
    }

    private void raise(Event event) {
      events.raise(event);
    }
  }
}
