package io.sipscope.http.mi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every command there is, by its names: the one behind all transports.
public final class MiRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(MiRegistry.class);

  private final List<MiCommand> commands;

  public MiRegistry(List<MiCommand> commands) {
    this.commands = List.copyOf(commands);
  }

  public List<MiCommand> commands() {
    return commands;
  }

  /// What a name is. A short name of 4.1 that several modules have is none.
  sealed interface Named {
    record Known(MiCommand command) implements Named {}

    /// @param canonical the names to choose from
    record Ambiguous(List<String> canonical) implements Named {}

    record Unknown() implements Named {}
  }

  Named named(String method) {
    var local = new ArrayList<MiCommand>();
    for (var command : commands) {
      if (command.name().equals(method) || command.canonical().equals(method)) {
        return new Named.Known(command);
      }
      if (command.local().equals(method)) {
        local.add(command);
      }
    }
    return switch (local.size()) {
      case 0 -> new Named.Unknown();
      case 1 -> new Named.Known(local.getFirst());
      default -> new Named.Ambiguous(local.stream().map(MiCommand::canonical).toList());
    };
  }

  /// Runs a command with the parameters of JSON-RPC: the first recipe that they fit, an array by
  /// its size, an object by its names.
  ///
  /// @param params absent (`null`), an array or an object
  static CompletionStage<MiOutcome> run(MiCommand command, JsonNode params) {
    int given = params == null ? 0 : params.size();
    boolean named = params != null && params.isObject() && given > 0;
    if (command.namedOnly() && given > 0 && !named) {
      return MiOutcome.invalidParams("Command only supports named parameters").now();
    }
    for (var recipe : command.recipes()) {
      var names = recipe.names();
      if (names.size() == given && (!named || names.stream().allMatch(params::has))) {
        var values = new ArrayList<JsonNode>();
        for (int i = 0; i < given; i++) {
          values.add(named ? params.get(names.get(i)) : params.get(i));
        }
        return run(recipe, values);
      }
    }
    return MiOutcome.invalidParams(
            named ? "Named parameters do not match" : "Too few or too many parameters")
        .now();
  }

  private static CompletionStage<MiOutcome> run(MiRecipe recipe, List<JsonNode> values) {
    return switch (MiArguments.read(recipe.parameters(), values)) {
      case MiArguments.Read.Unfitting(var why) -> MiOutcome.invalidParams(why).now();
      case MiArguments.Read.Fitting(var arguments) ->
          recipe.run().apply(arguments).exceptionally(MiRegistry::failed);
    };
  }

  private static MiOutcome failed(Throwable failure) {
    LOG.warn("a management command failed", failure);
    return MiOutcome.serverError("Command handler returned null");
  }
}
