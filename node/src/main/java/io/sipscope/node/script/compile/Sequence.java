package io.sipscope.node.script.compile;

import io.sipscope.node.script.run.Halt;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.ScriptFailure;
import io.sipscope.node.script.tree.Position;
import io.sipscope.node.script.value.Value;
import java.util.List;

/// Statements one after another. What fails in one of them ends here, and is told.
final class Sequence implements Step {
  private final Step[] steps;
  private final Position[] places;
  private final Failures failures;

  Sequence(List<Step> steps, List<Position> places, Failures failures) {
    this.steps = steps.toArray(Step[]::new);
    this.places = places.toArray(Position[]::new);
    this.failures = failures;
  }

  @Override
  public Halt run(Run run) {
    run.begin();
    try {
      for (var i = 0; i < steps.length; i++) {
        var halt = one(run, i);
        if (halt != Halt.NONE) {
          return halt;
        }
      }
      return Halt.NONE;
    } finally {
      run.end();
    }
  }

  private Halt one(Run run, int i) {
    try {
      if (!run.step()) {
        throw new ScriptFailure("no step is left: it runs without an end, or too long");
      }
      return steps[i].run(run);
    } catch (Ended _) {
      return Halt.EXIT;
    } catch (Uncomputable failed) {
      failures.failed(failed.at(), failed.getMessage());
      run.result(Value.of(-1));
      return Halt.NONE;
    } catch (ScriptFailure failed) {
      failures.failed(places[i], failed.getMessage());
      run.result(Value.of(-1));
      return failed.isAlone() ? Halt.NONE : Halt.EXIT;
    } catch (RuntimeException fault) {
      // A function or variable broke its promise: this run is lost, the message is not.
      failures.failed(places[i], "it broke: " + fault);
      return Halt.EXIT;
    }
  }
}
