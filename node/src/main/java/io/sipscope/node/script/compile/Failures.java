package io.sipscope.node.script.compile;

import io.sipscope.node.script.tree.Position;

/// Hears of statements that failed while a script ran. Called on the thread that runs it.
@FunctionalInterface
public interface Failures {
  void failed(Position at, String sentence);
}
