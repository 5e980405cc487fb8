package io.sipscope.node.script.compile;

import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.tree.Position;

/// Watches a script run. Only a program that was made with one calls it: without, it costs
/// nothing.
public interface Probe {
  /// A route begins.
  ///
  /// @param kind `route`, `onreply_route`, `timer_route`...
  /// @param name empty for the main one
  default void enter(Run run, String kind, String name, Position at) {}

  /// It ended.
  ///
  /// @param status what it gave
  default void exit(Run run, String kind, String name, Position at, int status) {}

  /// A statement is about to run.
  void line(Run run, Position at);

  /// Another script is watched from now on.
  default void another() {}
}
