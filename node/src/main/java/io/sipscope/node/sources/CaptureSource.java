package io.sipscope.node.sources;

import io.sipscope.http.agents.SourceState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// Something that captures are fetched from, rather than sent to us: it is started with the node,
/// comes back by itself when it breaks, and is stopped before the ingest drains.
public interface CaptureSource {

  /// How it is doing now; one a stream, channel or interface it has.
  List<SourceState> states();

  /// Takes in nothing more; completes when everything it has read is in the ingest.
  CompletionStage<Done> close();

  /// After the ingest has drained: tells the other side what was stored, and leaves it.
  default CompletionStage<Done> settle() {
    return CompletableFuture.completedStage(Done.getInstance());
  }
}
