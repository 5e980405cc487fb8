package io.sipscope.node.script.compile;

import io.sipscope.node.script.grammar.Complaints;
import io.sipscope.node.script.run.Halt;
import io.sipscope.node.script.tree.ScriptTree;
import io.sipscope.node.script.tree.ScriptTree.Loaded;
import io.sipscope.node.script.tree.ScriptTree.Route;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Compiles a whole script.
final class ProgramBuilder {
  /// Routes that OpenSIPS has and a proxy needs; a capture server never runs them.
  private static final Set<String> OF_A_PROXY =
      Set.of("failure_route", "branch_route", "local_route", "error_route");

  private final Compilation compilation;

  /// By the route itself: to compare two of them would be to read them through.
  private final IdentityHashMap<Route, Routine> routines = new IdentityHashMap<>();

  private final Map<String, Routine> routes;
  private final Map<String, Routine> events = new HashMap<>();
  private final Map<String, Program.Timer> timers = new LinkedHashMap<>();
  private Optional<Routine> request = Optional.empty();
  private Optional<Routine> reply = Optional.empty();
  private Optional<Routine> startup = Optional.empty();

  private ProgramBuilder(Compilation compilation, Map<String, Routine> routes) {
    this.compilation = compilation;
    this.routes = routes;
  }

  /// Compiles it for what is to be said about it.
  static void check(ScriptTree tree, Registry registry, Complaints complaints) {
    var known = registry.modules();
    for (var loaded : tree.modules()) {
      if (!known.contains(loaded.module()) && !Elsewhere.OPENSIPS.hasItsOwn(loaded.module())) {
        complaints.warning(
            loaded.at(), "the module " + loaded.module() + " has nothing that is used here");
      }
    }
    Judged.globals(tree, complaints);
    Judged.modparams(tree, known, complaints);
    make(tree, registry, complaints, (_, _) -> {}, Optional.empty());
  }

  static Program build(
      ScriptTree tree, Registry registry, Failures failures, Optional<Probe> probe) {
    return make(tree, registry, new Complaints(), failures, probe);
  }

  private static Program make(
      ScriptTree tree,
      Registry registry,
      Complaints complaints,
      Failures failures,
      Optional<Probe> probe) {
    var routes = new HashMap<String, Routine>();
    var modules = tree.modules().stream().map(Loaded::module).collect(Collectors.toSet());
    var compilation =
        new Compilation(
            registry,
            complaints,
            failures,
            probe,
            modules,
            routes,
            /* isWhole */ !complaints.hasErrors(),
            new Nearest(
                "",
                List.of(registry.functions().keySet(), Elsewhere.OPENSIPS.functions().keySet())),
            new Nearest(
                "$", List.of(registry.variables().keySet(), Elsewhere.OPENSIPS.variables())),
            new Nearest("", routes.keySet()));
    var builder = new ProgramBuilder(compilation, routes);
    tree.routes().forEach(builder::declare);
    tree.routes().forEach(builder::compile);
    return builder.program();
  }

  private void declare(Route route) {
    var name = route.name().orElse("");
    var routine = new Routine(route.kind(), name, route.at(), compilation.probe());
    routines.put(route, routine);
    switch (route.kind()) {
      case "route", "request_route" -> {
        if (route.name().isEmpty()) {
          request = only(route, request, routine);
        } else if (routes.putIfAbsent(name, routine) != null) {
          compilation.error(route.at(), "there is another route[" + name + "]");
        }
      }
      case "onreply_route", "reply_route" -> {
        if (route.name().isEmpty()) {
          reply = only(route, reply, routine);
        } else {
          compilation.warning(
              route.at(), "a named " + route.kind() + " is armed by a proxy, and never runs here");
        }
      }
      case "startup_route" -> startup = only(route, startup, routine);
      case "event_route" -> {
        if (route.name().isEmpty()) {
          compilation.error(route.at(), "event_route wants an event: event_route[E_NAME]");
        } else if (events.putIfAbsent(name, routine) != null) {
          compilation.error(route.at(), "there is another event_route[" + name + "]");
        }
      }
      case "timer_route" -> timer(route, name, routine);
      default ->
          compilation.warning(
              route.at(),
              OF_A_PROXY.contains(route.kind())
                  ? route.kind() + " is a proxy's, and never runs here"
                  : route.kind() + " never runs here");
    }
  }

  private void timer(Route route, String name, Routine routine) {
    var seconds = route.seconds().orElse(0L);
    if (name.isEmpty() || seconds <= 0) {
      compilation.error(route.at(), "timer_route wants a name and seconds: timer_route[name, 60]");
    } else if (timers.putIfAbsent(name, new Program.Timer(name, seconds, routine)) != null) {
      compilation.error(route.at(), "there is another timer_route[" + name + "]");
    }
  }

  private Optional<Routine> only(Route route, Optional<Routine> before, Routine routine) {
    if (before.isPresent()) {
      compilation.error(
          route.at(), "there is another " + route.kind() + " at " + before.get().at());
      return before;
    }
    return Optional.of(routine);
  }

  private void compile(Route route) {
    var statements = new StatementCompiler(compilation).block(route.body());
    var routine = routines.get(route);
    routine.body(
        run -> {
          var halt = statements.run(run);
          return halt == Halt.BREAK ? Halt.NONE : halt;
        });
  }

  private Program program() {
    return new Program(request, reply, List.copyOf(timers.values()), startup, events, routes);
  }
}
