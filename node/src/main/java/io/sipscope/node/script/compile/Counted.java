package io.sipscope.node.script.compile;

import io.sipscope.node.script.run.Halt;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.value.Value;
import java.util.function.Supplier;

/// How far a loop over values has come: the index that its variable is read with. Each run has its
/// own, also when the loop's route calls itself.
final class Counted implements Term {
  @Override
  public Value read(Run run) {
    return run.kept().get(this) instanceof Value at ? at : Value.of(0);
  }

  void next(Run run) {
    run.kept().put(this, Value.of(read(run).asNumber().orElse(0) + 1));
  }

  /// Runs the loop from its first value on.
  Halt counted(Run run, Supplier<Halt> loop) {
    var before = run.kept().put(this, Value.of(0));
    try {
      return loop.get();
    } finally {
      if (before == null) {
        run.kept().remove(this);
      } else {
        run.kept().put(this, before);
      }
    }
  }
}
