package io.sipscope.http.mi.legacy;

import io.sipscope.http.mi.MiRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/// Answers the texts of OpenSIPS 2.x: `200 OK`, the tree, an empty line.
public final class TextCalls {
  private final LegacyCalls calls;
  private final UnaryOperator<String> unknown;

  /// @param unknown what is answered to a command that does not exist, by its name
  public TextCalls(MiRegistry registry, UnaryOperator<String> unknown) {
    this.calls = new LegacyCalls(registry);
    this.unknown = unknown;
  }

  public CompletionStage<String> answer(TextRequest request) {
    var command = request.command();
    return request
        .params()
        .map(
            params ->
                calls
                    .call(command, params)
                    .map(reply -> reply.thenApply(TreeText::of))
                    .orElseGet(() -> now(unknown.apply(command))))
        .orElseGet(() -> now("400 parse error in command '" + command + "'\n"));
  }

  private static CompletionStage<String> now(String answer) {
    return CompletableFuture.completedStage(answer);
  }
}
