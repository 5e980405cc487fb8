package io.sipscope.node.script.engine;

import io.sipscope.http.script.Complaint;
import io.sipscope.http.script.Complaint.Severity;
import io.sipscope.node.script.compile.Probe;
import io.sipscope.node.script.engine.ScriptLoader.Accepted;
import io.sipscope.node.script.engine.ScriptLoader.Loaded;
import io.sipscope.node.script.engine.ScriptLoader.Refused;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.status.Identifier;
import io.sipscope.persistence.status.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The script that a node runs, and the one that is about to take its place: one that was read and
/// found good is kept until all nodes have found theirs good.
public final class RunningScript {
  /// After which the one who wanted a swap is taken to be gone.
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Optional<Path> file;
  private final Program rules;
  private final ScriptLoader loader;
  private final PolicyEngine engine;
  private final Timers timers;
  private final ScriptFailures failures;
  private final Identifier status;
  private final Consumer<String> eventNames;
  private final Supplier<Instant> clock;
  private final LongAdder reloads;
  private final LongAdder refused;
  private volatile Optional<Current> current = Optional.empty();
  private Optional<Probe> probe = Optional.empty();
  private Optional<Pending> pending = Optional.empty();

  /// @param text as it was read
  public record Current(Accepted script, String text, Instant since) {}

  private record Pending(long reload, Optional<Current> next, Instant since) {}

  /// @param file empty when the node has no script
  /// @param rules of the configuration, which run before the script
  /// @param status of group `script`
  /// @param eventNames is told of each event that has a route, so that it can be raised
  public RunningScript(
      Optional<Path> file,
      Program rules,
      ScriptLoader loader,
      PolicyEngine engine,
      Timers timers,
      ScriptFailures failures,
      Identifier status,
      Consumer<String> eventNames,
      Supplier<Instant> clock,
      Counters counters) {
    this.file = file;
    this.rules = rules;
    this.loader = loader;
    this.engine = engine;
    this.timers = timers;
    this.failures = failures;
    this.status = status;
    this.eventNames = eventNames;
    this.clock = clock;
    this.reloads = counters.counter("policy", "script_reloads");
    this.refused = counters.counter("policy", "script_reloads_refused");
    engine.swap(rules);
  }

  public Optional<Path> file() {
    return file;
  }

  /// Empty when none runs.
  public Optional<Current> current() {
    return current;
  }

  /// What is wrong with a text, were it this node's script.
  public List<Complaint> check(String text) {
    return loader.check(name(), text);
  }

  private String name() {
    return file.map(Path::toString).orElse("script");
  }

  /// Reads the file for the first time.
  ///
  /// @return what is wrong with it; nothing runs when an error is among that
  public synchronized List<Complaint> start() {
    if (file.isEmpty()) {
      return List.of();
    }
    return start(read(file.get()));
  }

  /// Runs what was read of it already.
  ///
  /// @return what is wrong with it; nothing runs when an error is among that
  public synchronized List<Complaint> start(Read read) {
    if (read.loaded() instanceof Accepted script) {
      run(new Current(script, read.text(), clock.get()), "loaded");
    }
    return read.loaded().complaints();
  }

  /// @param text as it was read
  public record Read(Loaded loaded, String text) {}

  private Read read(Path path) {
    return switch (ScriptFile.read(path)) {
      case ScriptFile.Text(var text) -> new Read(loader.load(path.toString(), text), text);
      case ScriptFile.Unreadable(var why) ->
          new Read(new Refused(List.of(Complaint.about(path.toString(), why, Severity.ERROR))), "");
    };
  }

  /// Reads the file again and keeps what it says.
  ///
  /// @param reload who wants it
  /// @return what is wrong with it; nothing is kept when an error is among that
  public synchronized List<Complaint> prepare(long reload) {
    var now = clock.get();
    if (pending.isPresent() && now.isBefore(pending.get().since().plus(PATIENCE))) {
      return List.of(Complaint.about(name(), "another reload is going on", Severity.ERROR));
    }
    if (file.isEmpty()) {
      pending = Optional.of(new Pending(reload, Optional.empty(), now));
      return List.of();
    }
    var read = read(file.get());
    return switch (read.loaded()) {
      case Refused(var complaints) -> {
        refused(complaints);
        yield complaints;
      }
      case Accepted script -> {
        pending =
            Optional.of(
                new Pending(reload, Optional.of(new Current(script, read.text(), now)), now));
        var all = new ArrayList<>(script.complaints());
        all.addAll(startOnly(script));
        yield all;
      }
    };
  }

  private void refused(List<Complaint> complaints) {
    refused.increment();
    complaints.stream()
        .filter(Complaint::isError)
        .findFirst()
        .ifPresent(
            first -> {
              status.set(new Status(-1, "the last reload was refused: " + first.sentence()));
              status.report("reload refused: " + first.sentence());
            });
  }

  /// What counts from the next start on only.
  private List<Complaint> startOnly(Accepted next) {
    var known = current.map(now -> now.script().definitions()).orElse(next.definitions());
    var told = new ArrayList<Complaint>();
    next.definitions().stream()
        .filter(line -> !known.contains(line))
        .sorted()
        .map(line -> restart(line + " is taken at the next start of the node"))
        .forEach(told::add);
    known.stream()
        .filter(line -> !next.definitions().contains(line))
        .sorted()
        .map(line -> restart(line + " goes at the next start of the node"))
        .forEach(told::add);
    return told;
  }

  private Complaint restart(String sentence) {
    return Complaint.about(name(), sentence, Severity.WARNING);
  }

  /// Runs what was kept.
  ///
  /// @return false when nothing is kept for that reload any more
  public synchronized boolean swap(long reload) {
    var kept = pending.filter(one -> one.reload() == reload);
    if (kept.isEmpty()) {
      return false;
    }
    pending = Optional.empty();
    kept.get()
        .next()
        .ifPresent(
            next -> {
              reloads.increment();
              run(next, "reloaded");
            });
    return true;
  }

  /// Keeps nothing for a reload any more.
  public synchronized void forget(long reload) {
    pending = pending.filter(one -> one.reload() != reload);
  }

  /// Runs the script watched by a probe from now on, or by none.
  public synchronized void watch(Optional<Probe> by) {
    probe = by;
    current.ifPresent(this::run);
  }

  private void run(Current script) {
    var program = probe.map(script.script().watched()).orElseGet(script.script()::program);
    program.events().keySet().forEach(eventNames);
    engine.swap(rules.then(program));
    timers.schedule(program.timers());
  }

  private void run(Current next, String how) {
    failures.forget();
    probe.ifPresent(Probe::another);
    current = Optional.of(next);
    run(next);
    status.set(Status.RUNNING);
    status.report(how + " " + name() + " (" + next.script().lines() + " lines)");
  }
}
