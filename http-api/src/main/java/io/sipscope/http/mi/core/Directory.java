package io.sipscope.http.mi.core;

import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.http.mi.MiRegistry;
import io.sipscope.http.mi.MiTree;
import io.sipscope.http.mi.legacy.LegacyCalls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Which commands there are: `which` and `help`.
final class Directory {
  static final String USAGE = "Usage: help mi_cmd - returns information about 'mi_cmd'";
  private static final MiOutcome UNKNOWN = new MiOutcome.Fault(404, "unknown MI command");

  private final Supplier<MiRegistry> registry;

  Directory(Supplier<MiRegistry> registry) {
    this.registry = registry;
  }

  /// The short names, which `opensips-cli` looks its commands up in.
  MiOutcome names() {
    return MiOutcome.of(commands().map(MiCommand::name).toList());
  }

  /// The parameters of a command, or the commands of a module (`statistics:`).
  MiOutcome which(String name) {
    if (!name.endsWith(":")) {
      return known(
          name, command -> MiOutcome.of(command.recipes().stream().map(MiRecipe::names).toList()));
    }
    var ofModule =
        commands().map(MiCommand::canonical).filter(other -> other.startsWith(name)).toList();
    return ofModule.isEmpty() ? UNKNOWN : MiOutcome.of(ofModule);
  }

  MiOutcome help(String name) {
    return known(
        name,
        command -> {
          var help = new LinkedHashMap<String, String>();
          help.put("Help", command.help());
          help.put("Exported by", command.module());
          return MiOutcome.of(help);
        });
  }

  private MiOutcome known(String name, Function<MiCommand, MiOutcome> answer) {
    return switch (registry.get().named(name)) {
      case MiRegistry.Named.Known(var command) -> answer.apply(command);
      case MiRegistry.Named.Ambiguous _, MiRegistry.Named.Unknown _ -> UNKNOWN;
    };
  }

  private Stream<MiCommand> commands() {
    return registry.get().commands().stream().filter(command -> !command.recipes().isEmpty());
  }

  /// 2.x has no parameter here, and passes over one.
  MiLegacy legacyNames() {
    return new MiLegacy(_ -> CompletableFuture.completedStage(legacyTree()));
  }

  private MiLegacy.Reply legacyTree() {
    List<MiTree> names =
        LegacyCalls.commands(registry.get())
            .map(command -> MiTree.leaf("", command.name()))
            .toList();
    return new MiLegacy.Reply.Tree(MiTree.array("", names));
  }
}
