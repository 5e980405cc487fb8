package io.sipscope.node.script.compile;

import io.sipscope.node.script.run.Halt;
import io.sipscope.node.script.run.Run;

/// A statement that can run.
@FunctionalInterface
interface Step {
  Halt run(Run run);
}
