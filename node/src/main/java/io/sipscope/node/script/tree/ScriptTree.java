package io.sipscope.node.script.tree;

import io.sipscope.node.script.tree.Statement.Block;
import java.util.List;
import java.util.Optional;

/// A whole script, as it was written.
public record ScriptTree(
    List<Route> routes, List<Loaded> modules, List<Modparam> modparams, List<Global> globals) {
  public ScriptTree {
    routes = List.copyOf(routes);
    modules = List.copyOf(modules);
    modparams = List.copyOf(modparams);
    globals = List.copyOf(globals);
  }

  /// @param kind as it is written: `route`, `onreply_route`
  /// @param name what stands in the brackets
  /// @param seconds of a `timer_route`
  public record Route(
      Position at, String kind, Optional<String> name, Optional<Long> seconds, Block body) {}

  /// `loadmodule "statistics.so"`.
  public record Loaded(Position at, String module) {}

  /// `modparam("module", "name", value)`; the value as a text.
  public record Modparam(Position at, String module, String name, String value) {}

  /// `name = value`; the value as a text, without quotes.
  public record Global(Position at, String name, String value) {}
}
