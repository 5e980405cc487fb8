package io.sipscope.node.script.engine;

import io.sipscope.node.script.run.Run;

/// Statements that run from their beginning: a route of a script, or a rule of the configuration.
@FunctionalInterface
public interface Route {
  /// @throws io.sipscope.node.script.run.ScriptFailure when it cannot go on
  void run(Run run);
}
