package io.sipscope.node.script.compile;

import io.sipscope.node.script.grammar.Complaints;
import io.sipscope.node.script.tree.ScriptTree;
import io.sipscope.node.script.tree.ScriptTree.Loaded;
import java.util.Set;
import java.util.stream.Collectors;

/// What a script sets, and whether it means something here. None of it is an error.
final class Judged {
  private static final Set<String> SOCKETS = Set.of("socket", "listen", "port", "bin_listen");

  private Judged() {}

  static void globals(ScriptTree tree, Complaints complaints) {
    var near = new Nearest("", Elsewhere.OPENSIPS.settings());
    for (var global : tree.globals()) {
      var name = global.name();
      if (Elsewhere.OPENSIPS.hasMeaning(name)) {
        continue;
      }
      if (SOCKETS.contains(name)) {
        complaints.warnOnce(
            global.at(), "sockets are opened by the configuration (sipscope.hep), not by a script");
      } else if (Elsewhere.OPENSIPS.settings().contains(name)) {
        complaints.warnOnce(global.at(), "the setting " + name + " changes nothing here");
      } else {
        complaints.warnOnce(global.at(), "there is no setting " + name + near.to(name));
      }
    }
  }

  /// @param known the modules that have something here
  static void modparams(ScriptTree tree, Set<String> known, Complaints complaints) {
    var loaded = tree.modules().stream().map(Loaded::module).collect(Collectors.toSet());
    for (var param : tree.modparams()) {
      var module = param.module();
      var parameters = Elsewhere.OPENSIPS.parameters(module);
      if (!loaded.isEmpty() && !loaded.contains(module) && known.contains(module)) {
        complaints.warnOnce(
            param.at(),
            "the module " + module + " is set up, and not loaded: OpenSIPS would refuse it");
      } else if (!parameters.isEmpty() && !parameters.contains(param.name())) {
        complaints.warnOnce(
            param.at(),
            "the parameter "
                + param.name()
                + " of the module "
                + module
                + " changes nothing here"
                + new Nearest("", parameters).to(param.name()));
      }
    }
  }
}
