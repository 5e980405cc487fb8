package io.sipscope.node.script.engine;

import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Subject;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.trace.ScriptNotes;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.PolicyStatistics;
import io.sipscope.persistence.trace.TraceType;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// What a script can do on a node that runs.
public final class NodeWorld implements CountedWorld {
  /// A script may make names of events from what strangers send.
  private static final int MOST_EVENTS = 1_000;

  /// Runs that wait for an answer at once; each holds its message.
  static final int MOST_WAITING = 1_024;

  private final Outside outside;
  private final boolean mayWait;
  private final Map<String, Value> shared;
  private final Semaphore waiters;

  /// Sends a message as HEP.
  @FunctionalInterface
  public interface Relay {
    /// @return false when it is no destination, or there is no room for it
    boolean relay(Subject subject, String destination);
  }

  /// What is outside of a script.
  ///
  /// @param rest asks web servers; never completes exceptionally
  /// @param clock nanoseconds since the epoch
  public record Outside(
      PolicyStatistics statistics,
      Events events,
      Relay relay,
      Function<Request, CompletionStage<Response>> rest,
      LongSupplier clock) {}

  private NodeWorld(
      Outside outside, boolean mayWait, Map<String, Value> shared, Semaphore waiters) {
    this.outside = outside;
    this.mayWait = mayWait;
    this.shared = shared;
    this.waiters = waiters;
  }

  /// For the routes of messages, which must not wait.
  public static NodeWorld of(Outside outside) {
    return new NodeWorld(
        outside, /* mayWait */ false, new ConcurrentHashMap<>(), new Semaphore(MOST_WAITING));
  }

  @Override
  public PolicyStatistics counted() {
    return outside.statistics();
  }

  /// The same one for routes with a thread of their own.
  @Override
  public NodeWorld waiting() {
    return mayWait ? this : new NodeWorld(outside, /* mayWait */ true, shared, waiters);
  }

  @Override
  public boolean whenIn(CompletionStage<?> answer, Runnable rest) {
    if (!waiters.tryAcquire()) {
      return false;
    }
    var _ =
        answer.whenComplete(
            (_, _) -> Thread.ofVirtual().name("script-resume").start(() -> resume(rest)));
    return true;
  }

  private void resume(Runnable rest) {
    try {
      rest.run();
    } finally {
      waiters.release();
    }
  }

  @Override
  public void log(int level, String line, Run run) {
    XLog.write(level, line);
    run.note(TraceType.XLOG, ScriptNotes.ofLog(level, line, now()));
  }

  @Override
  public boolean raise(Event event) {
    if (!knows(event.name())) {
      return false;
    }
    outside.events().raise(event);
    return true;
  }

  /// Makes events known that a script will raise.
  public void willRaise(Set<String> names) {
    names.forEach(this::knows);
  }

  /// @return false when it is one more than there is room for
  private boolean knows(String event) {
    var names = outside.events().names();
    if (names.id(event).isPresent()) {
      return true;
    }
    if (names.all().size() >= MOST_EVENTS) {
      return false;
    }
    names.register(event);
    return true;
  }

  @Override
  public boolean relay(Subject subject, String destination) {
    return outside.relay().relay(subject, destination);
  }

  @Override
  public CompletionStage<Response> ask(Request request) {
    return outside.rest().apply(request);
  }

  @Override
  public boolean mayWait() {
    return mayWait;
  }

  @Override
  public Map<String, Value> shared() {
    return shared;
  }

  @Override
  public long now() {
    return outside.clock().getAsLong();
  }
}
