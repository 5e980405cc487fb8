package io.sipscope.node.script.compile;

import io.sipscope.node.script.run.Run;

/// What is true or not while a route runs.
@FunctionalInterface
interface Condition {
  boolean holds(Run run);
}
