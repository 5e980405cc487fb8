package io.sipscope.node.sources;

import io.sipscope.http.agents.SourceState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// The sources that are configured on this node.
public final class Sources {
  private final List<CaptureSource> sources;

  private Sources(List<CaptureSource> sources) {
    this.sources = sources;
  }

  /// Starts them; none of them keeps the node from starting because its other side is away.
  public static Sources open() {
    return new Sources(List.of());
  }

  /// In the order of the configuration's documentation.
  public List<SourceState> states() {
    return sources.stream().flatMap(source -> source.states().stream()).toList();
  }

  /// Completes when all of them are closed.
  public CompletionStage<Done> close() {
    var closed =
        sources.stream()
            .map(source -> source.close().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(closed).thenApply(_ -> Done.getInstance());
  }
}
