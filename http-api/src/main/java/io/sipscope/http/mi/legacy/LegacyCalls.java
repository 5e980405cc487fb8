package io.sipscope.http.mi.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiParameter;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.http.mi.MiRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls of commands as OpenSIPS 2.x has them: by name, with texts by their place. A command that
/// says nothing of 2.x is run as in 3.x, and its answer becomes a tree.
public final class LegacyCalls {
  private static final Logger LOG = LoggerFactory.getLogger(LegacyCalls.class);

  /// Commands that came with 3.x, or had another name before. 2.x does not find them.
  private static final Set<String> NEWER =
      Set.of(
          "log_level_filter",
          "log_mute_state",
          "profiling_proc",
          "raise_event",
          "reset_all_statistics",
          "sr_get_status",
          "sr_list_identifiers",
          "sr_list_reports",
          "sr_list_status",
          "trace",
          "trace_start",
          "trace_stop",
          "xlog_level");

  private static final MiLegacy.Reply FAILED =
      new MiLegacy.Reply.Fault(500, "Internal server error");

  private static final MiLegacy.Reply BAD_COUNT =
      new MiLegacy.Reply.Fault(400, "Too few or too many arguments");

  private final MiRegistry registry;

  public LegacyCalls(MiRegistry registry) {
    this.registry = registry;
  }

  /// The commands of 2.x.
  public static Stream<MiCommand> commands(MiRegistry registry) {
    return registry.commands().stream().filter(command -> !NEWER.contains(command.name()));
  }

  /// Empty when there is no such command.
  public Optional<CompletionStage<MiLegacy.Reply>> call(String name, List<String> texts) {
    return commands(registry)
        .filter(command -> command.name().equals(name))
        .findFirst()
        .map(command -> call(command, texts).exceptionally(LegacyCalls::failed));
  }

  private static CompletionStage<MiLegacy.Reply> call(MiCommand command, List<String> texts) {
    return command
        .legacy()
        .map(form -> CompletableFuture.completedStage(texts).thenCompose(form.run()))
        .orElseGet(() -> translated(command, texts));
  }

  private static CompletionStage<MiLegacy.Reply> translated(MiCommand command, List<String> texts) {
    return command.recipes().stream()
        .filter(recipe -> fits(recipe, texts.size()))
        .findFirst()
        .map(recipe -> MiRegistry.run(command, named(recipe, texts)).thenApply(Translation::reply))
        .orElseGet(() -> CompletableFuture.completedStage(BAD_COUNT));
  }

  private static MiLegacy.Reply failed(Throwable failure) {
    LOG.warn("a management command failed", failure);
    return FAILED;
  }

  private static boolean fits(MiRecipe recipe, int texts) {
    int parameters = recipe.parameters().size();
    return takesList(recipe) ? texts >= parameters : texts == parameters;
  }

  /// Whether its last parameter takes all the texts that are left.
  private static boolean takesList(MiRecipe recipe) {
    return !recipe.parameters().isEmpty()
        && recipe.parameters().getLast().type() == MiParameter.Type.ARRAY;
  }

  private static JsonNode named(MiRecipe recipe, List<String> texts) {
    ObjectNode named = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < recipe.parameters().size(); i++) {
      var name = recipe.parameters().get(i).name();
      if (i == recipe.parameters().size() - 1 && takesList(recipe)) {
        texts.subList(i, texts.size()).forEach(named.putArray(name)::add);
      } else {
        named.put(name, texts.get(i));
      }
    }
    return named;
  }
}
