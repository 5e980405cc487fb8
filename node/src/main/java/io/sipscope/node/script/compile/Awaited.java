package io.sipscope.node.script.compile;

import io.sipscope.node.script.functions.ScriptFunction;
import io.sipscope.node.script.functions.ScriptFunction.Ending;
import io.sipscope.node.script.run.Halt;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.tree.Position;
import io.sipscope.node.script.value.Value;
import java.util.List;
import java.util.Optional;

/// `async(f(x), resume)`, after which nothing of the run goes on, and `launch(f(x), resume)`, after
/// which all of it does. What is answered at once is resumed at once, as OpenSIPS does it.
///
/// @param resume what runs when the answer is in
/// @param given its `$param(1)`
/// @param goesOn `launch`
record Awaited(
    Position at,
    ScriptFunction.Call call,
    Optional<Routine> resume,
    Optional<Term> given,
    boolean goesOn,
    Failures failures)
    implements Step {
  @Override
  public Halt run(Run run) {
    var parameters = given.map(term -> List.of(term.read(run))).orElse(List.of());
    var answer = call.start(run).toCompletableFuture();
    if (answer.isDone()) {
      return resumed(run, answer.join(), parameters);
    }
    var next = goesOn ? run.apart() : run.goneOn();
    next.parameters(parameters);
    run.result(Value.of(1));
    if (resume.isPresent()
        && !run.world().whenIn(answer, () -> resume(next, answer.join(), resume.get()))) {
      failures.failed(at, "there is no room to wait for an answer: it is not resumed");
    }
    return goesOn ? Halt.NONE : Halt.EXIT;
  }

  private Halt resumed(Run run, Ending ending, List<Value> parameters) {
    run.result(Value.of(ending.end(run)));
    if (resume.isPresent()) {
      resume.get().call(run, parameters);
    }
    return goesOn ? Halt.NONE : Halt.EXIT;
  }

  private void resume(Run run, Ending ending, Routine routine) {
    try {
      run.result(Value.of(ending.end(run)));
    } catch (RuntimeException failed) {
      failures.failed(at, "the answer cannot be kept: " + failed.getMessage());
      return;
    }
    try {
      routine.run(run);
    } catch (StackOverflowError deep) {
      failures.failed(at, "a defect of the engine: " + deep);
    }
  }
}
