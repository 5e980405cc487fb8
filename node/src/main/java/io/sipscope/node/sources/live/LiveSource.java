package io.sipscope.node.sources.live;

import io.sipscope.http.agents.SourceState;
import io.sipscope.node.ingest.Ingest;
import io.sipscope.node.sources.CaptureSource;
import io.sipscope.node.sources.Handover;
import io.sipscope.node.sources.Tally;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;

/// Captures on the network interfaces of this machine, by a program that may do what this process
/// need not: one child for each interface, so that one which is away or misspelt is no other's
/// trouble.
public final class LiveSource implements CaptureSource {
  private final List<InterfaceCapture> captures;

  private LiveSource(List<InterfaceCapture> captures) {
    this.captures = captures;
  }

  /// Starts the programs.
  ///
  /// @param clock nanoseconds since the epoch
  public static LiveSource open(
      ActorSystem<?> system, CaptureSettings settings, Ingest ingest, LongSupplier clock) {
    if (settings.interfaces().isEmpty()) {
      return new LiveSource(List.of());
    }
    var folders = Programs.folders();
    var leash = Leash.find(folders);
    var captures =
        settings.interfaces().stream()
            .map(
                name -> {
                  var tally = new Tally("live", name, clock);
                  return new InterfaceCapture(
                      name,
                      settings,
                      folders,
                      leash,
                      new Handover(system, ingest.passage()),
                      tally,
                      new LiveReading(ingest, tally, settings.agentOf(name), name, clock));
                })
            .toList();
    captures.forEach(InterfaceCapture::start);
    return new LiveSource(captures);
  }

  @Override
  public List<SourceState> states() {
    return captures.stream().map(InterfaceCapture::state).toList();
  }

  @Override
  public CompletionStage<Done> close() {
    var closed =
        captures.stream()
            .map(capture -> capture.close().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(closed).thenApply(_ -> Done.getInstance());
  }
}
