package io.sipscope.node.script.compile;

import io.sipscope.node.script.run.Halt;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.ScriptFailure;
import io.sipscope.node.script.tree.Position;
import io.sipscope.node.script.value.Value;
import java.util.List;
import java.util.Optional;

/// A route that can run.
public final class Routine {
  /// What a function or route that ends the run gives.
  static final int ENDED = 0;

  private final String kind;
  private final String name;
  private final Position at;
  private final Optional<Probe> probe;
  private Step body = _ -> Halt.NONE;

  Routine(String kind, String name, Position at, Optional<Probe> probe) {
    this.kind = kind;
    this.name = name;
    this.at = at;
    this.probe = probe;
  }

  /// Routes call each other: their statements are known after all of them are.
  void body(Step statements) {
    body = statements;
  }

  public String name() {
    return name;
  }

  public Position at() {
    return at;
  }

  /// Runs it from the outside. Never throws.
  public void run(Run run) {
    try {
      call(run);
    } catch (Ended _) {
      run.result(Value.of(ENDED));
    }
  }

  /// @return what it gave; [#ENDED] when nothing is to run on
  int call(Run run) {
    if (probe.isEmpty()) {
      return status(run, body.run(run));
    }
    probe.get().enter(run, kind, name, at);
    var status = ENDED;
    try {
      status = status(run, body.run(run));
      return status;
    } finally {
      probe.get().exit(run, kind, name, at, status);
    }
  }

  int call(Run run, List<Value> parameters) {
    if (!run.enter()) {
      throw new ScriptFailure("more than " + Run.DEEPEST + " routes in each other");
    }
    var before = run.parameters();
    run.parameters(parameters);
    try {
      return call(run);
    } finally {
      run.parameters(before);
      run.leave();
    }
  }

  private static int status(Run run, Halt halt) {
    return switch (halt) {
      case EXIT -> ENDED;
      case RETURN -> (int) run.result().asNumber().orElse(1);
      case NONE, BREAK -> 1;
    };
  }
}
