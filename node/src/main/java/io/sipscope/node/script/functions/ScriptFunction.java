package io.sipscope.node.script.functions;

import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A function that a script can call.
public interface ScriptFunction {
  String name();

  /// The module that has it in OpenSIPS; empty for one of the core. A script that calls it without
  /// having loaded the module is told so.
  Set<String> modules();

  /// By place.
  List<Parameter> parameters();

  /// Makes the call for one place of a script.
  ///
  /// @throws Unusable when an argument, as far as it is literal, makes no sense
  Call at(Arguments arguments) throws Unusable;

  /// What it expects at a place.
  ///
  /// @param isOptional it may be left out at the end, or empty between commas
  record Parameter(String name, Type type, boolean isOptional) {
    public enum Type {
      /// Strings with pseudo-variables in them, or any expression, read as a text.
      TEXT,
      /// A number, or a string that is one (2.x).
      NUMBER,
      /// A variable to write to: `$var(x)`, or `"$var(x)"` (2.x).
      VARIABLE
    }

    public static Parameter text(String name) {
      return new Parameter(name, Type.TEXT, false);
    }

    public static Parameter number(String name) {
      return new Parameter(name, Type.NUMBER, false);
    }

    public static Parameter variable(String name) {
      return new Parameter(name, Type.VARIABLE, false);
    }

    public Parameter optional() {
      return new Parameter(name, type, true);
    }
  }

  @FunctionalInterface
  interface Call {
    /// @return above 0 = true, below 0 = false, 0 = nothing of the script runs on
    int call(Run run);

    /// As `async` and `launch` have it: begins, and does not wait. A function that never waits is
    /// done at once.
    ///
    /// @return what to do with the answer when it is in; never completes exceptionally
    default CompletionStage<Ending> start(Run run) {
      int code = call(run);
      return CompletableFuture.completedFuture(_ -> code);
    }
  }

  /// What is left to do when the answer of a started call is in: it fills the variables of the run
  /// that goes on, which may be another one than the call was started in.
  @FunctionalInterface
  interface Ending {
    /// @return as [Call#call]
    int end(Run run);
  }
}
