package io.sipscope.http.mi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
  public sealed interface Named {
    record Known(MiCommand command) implements Named {}

    /// @param canonical the names to choose from
    record Ambiguous(List<String> canonical) implements Named {}

    record Unknown() implements Named {}
  }

  public Named named(String method) {
    var local = new ArrayList<MiCommand>();
    for (var command : commands) {
      if (command.recipes().isEmpty()) {
        continue; // only 2.x has it
      }
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

  /// Runs a command with the parameters of JSON-RPC: an array finds the one recipe of its size, an
  /// object the recipe of its names.
  ///
  /// @param params absent (`null`), an array or an object; an empty one is none
  public static CompletionStage<MiOutcome> run(MiCommand command, JsonNode params) {
    int given = params == null ? 0 : params.size();
    boolean named = given > 0 && params.isObject();
    if (given > 0 && !named && command.namedOnly()) {
      return MiOutcome.invalidParams("Command only supports named parameters").now();
    }
    var ofThatSize =
        command.recipes().stream().filter(recipe -> recipe.parameters().size() == given).toList();
    if (ofThatSize.isEmpty()) {
      return MiOutcome.invalidParams("Too few or too many parameters").now();
    }
    if (given > 0 && !named && ofThatSize.size() > 1) {
      return MiOutcome.invalidParams("Ambiguous call, use named parameters instead").now();
    }
    return ofThatSize.stream()
        .filter(recipe -> !named || recipe.names().stream().allMatch(params::has))
        .findFirst()
        .map(recipe -> run(recipe, values(recipe, params, named)))
        .orElseGet(() -> MiOutcome.invalidParams("Named parameters do not match").now());
  }

  private static List<JsonNode> values(MiRecipe recipe, JsonNode params, boolean named) {
    var values = new ArrayList<JsonNode>();
    for (var name : recipe.names()) {
      values.add(named ? params.get(name) : params.get(values.size()));
    }
    return values;
  }

  private static CompletionStage<MiOutcome> run(MiRecipe recipe, List<JsonNode> values) {
    return switch (MiArguments.read(recipe.parameters(), values)) {
      case MiArguments.Read.Unfitting(var why) -> MiOutcome.invalidParams(why).now();
      case MiArguments.Read.Fitting(var arguments) ->
          CompletableFuture.completedStage(arguments)
              .thenCompose(recipe.run())
              .exceptionally(MiRegistry::failed);
    };
  }

  private static MiOutcome failed(Throwable failure) {
    LOG.warn("a management command failed", failure);
    return MiOutcome.serverError("Command handler returned null");
  }
}
