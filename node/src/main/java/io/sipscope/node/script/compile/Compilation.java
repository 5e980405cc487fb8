package io.sipscope.node.script.compile;

import io.sipscope.node.script.grammar.Complaints;
import io.sipscope.node.script.tree.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is known while one script is compiled.
///
/// @param modules that it loads
/// @param routes `route[name]`, by name
/// @param isWhole whether all of it was understood: otherwise more routes may stand in it
/// @param nearFunctions what functions are probably meant; likewise variables and routes
record Compilation(
    Registry registry,
    Complaints complaints,
    Failures failures,
    Optional<Probe> probe,
    Set<String> modules,
    Map<String, Routine> routes,
    boolean isWhole,
    Nearest nearFunctions,
    Nearest nearVariables,
    Nearest nearRoutes) {
  void error(Position at, String sentence) {
    complaints.error(at, sentence);
  }

  void warning(Position at, String sentence) {
    complaints.warning(at, sentence);
  }

  /// At the first place that it is said of.
  void warnOnce(Position at, String sentence) {
    complaints.warnOnce(at, sentence);
  }

  /// Modules that the script loads and of which nothing is known.
  List<String> strangeModules() {
    var known = registry.modules();
    return modules.stream()
        .filter(module -> !known.contains(module))
        .filter(module -> !Elsewhere.OPENSIPS.hasModule(module))
        .filter(module -> !Elsewhere.OPENSIPS.hasItsOwn(module))
        .sorted()
        .toList();
  }

  /// A route that is called.
  Optional<Routine> route(Position at, String name) {
    var route = Optional.ofNullable(routes.get(name));
    if (route.isEmpty() && !name.isEmpty() && isWhole) {
      error(at, "there is no route[" + name + "]" + nearRoutes.to(name));
    }
    return route;
  }
}
