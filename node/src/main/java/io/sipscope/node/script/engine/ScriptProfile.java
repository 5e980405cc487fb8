package io.sipscope.node.script.engine;

import io.sipscope.node.script.compile.Probe;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.tree.Position;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.EventNames;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Watches the script run: how often which line did, and `E_PROFILING_SCRIPT` for whoever waits for
/// it. A node that nobody watches runs a program without it.
///
/// ```text
/// start <root> 1, enter <root> 1
///   enter a 2, exit a 2
/// exit <root> 1, end <root> 1
/// ```
public final class ScriptProfile implements Probe {
  public static final String EVENT = EventNames.PROFILING_SCRIPT;

  private static final String ROOT = "<root>";
  private static final long NANOS_OF_A_SECOND = 1_000_000_000L;
  private static final long NANOS_OF_A_MICRO = 1_000L;

  /// As OpenSIPS numbers them; a route that another calls has the number of the outermost.
  private static final Map<String, Integer> TYPES =
      Map.of(
          "route", 1,
          "failure_route", 2,
          "onreply_route", 4,
          "branch_route", 8,
          "error_route", 16,
          "local_route", 32,
          "startup_route", 64,
          "timer_route", 128,
          "event_route", 256);

  private final Consumer<Supplier<Event>> told;
  private final LongSupplier clock;
  private final AtomicLong sessions = new AtomicLong();
  private final Map<Integer, LongAdder> hits = new ConcurrentHashMap<>();

  /// One run of the script.
  private static final class Session {
    private final Run run;
    private final long id;
    private final int type;
    private final boolean isTold;
    private int depth;

    private Session(Run run, long id, int type, boolean isTold) {
      this.run = run;
      this.id = id;
      this.type = type;
      this.isTold = isTold;
    }
  }

  /// @param told tells an event to whoever waits for it; it is made only if somebody does
  /// @param clock nanoseconds since the epoch
  public ScriptProfile(Consumer<Supplier<Event>> told, LongSupplier clock) {
    this.told = told;
    this.clock = clock;
  }

  /// How often a line ran, by its number. Lines of files that are included count by theirs.
  public SortedMap<Integer, Long> hits() {
    var sums = new TreeMap<Integer, Long>();
    hits.forEach((line, count) -> sums.put(line, count.sum()));
    return sums;
  }

  public void forget() {
    hits.clear();
  }

  /// Its lines are others.
  @Override
  public void another() {
    forget();
  }

  @Override
  public void line(Run run, Position at) {
    hits.computeIfAbsent(at.line(), _ -> new LongAdder()).increment();
  }

  @Override
  public void enter(Run run, String kind, String name, Position at) {
    var session = session(run).orElseGet(() -> begin(run, kind, name));
    session.depth++;
    if (!session.isTold) {
      return;
    }
    if (session.depth == 1) {
      tell("start", session, name);
    }
    tell("enter", session, name, at);
  }

  @Override
  public void exit(Run run, String kind, String name, Position at, int status) {
    var entered = session(run);
    if (entered.isEmpty()) {
      return; // before anybody watched
    }
    var session = entered.get();
    if (session.isTold) {
      told.accept(() -> placed(session, "exit", name, at).with("status", status));
      if (session.depth == 1) {
        told.accept(() -> event(session, "end", name).with("status", status));
      }
    }
    session.depth--;
    if (session.depth == 0) {
      run.kept().remove(this); // the script after the rules is another one
    }
  }

  /// What goes on later has what its run kept, and is another one.
  private Optional<Session> session(Run run) {
    return run.kept().get(this) instanceof Session session && session.run == run
        ? Optional.of(session)
        : Optional.empty();
  }

  /// What runs for these events is not told by them: it would never end.
  private Session begin(Run run, String kind, String name) {
    boolean isOwn = kind.equals("event_route") && name.equals(EVENT);
    var session = new Session(run, sessions.incrementAndGet(), TYPES.getOrDefault(kind, 0), !isOwn);
    run.kept().put(this, session);
    return session;
  }

  private void tell(String verb, Session session, String name) {
    told.accept(() -> event(session, verb, name));
  }

  private void tell(String verb, Session session, String name, Position at) {
    told.accept(() -> placed(session, verb, name, at));
  }

  private Event placed(Session session, String verb, String name, Position at) {
    return event(session, verb, name).with("file", at.file()).with("line", at.line());
  }

  private Event event(Session session, String verb, String name) {
    long now = clock.getAsLong();
    return Event.of(EVENT)
        .with("sec", Math.floorDiv(now, NANOS_OF_A_SECOND))
        .with("usec", Math.floorMod(now, NANOS_OF_A_SECOND) / NANOS_OF_A_MICRO)
        .with("session", session.id)
        .with("verb", verb)
        .with("name", name.isEmpty() ? ROOT : name)
        .with("type", session.type)
        .with("depth", session.depth);
  }
}
