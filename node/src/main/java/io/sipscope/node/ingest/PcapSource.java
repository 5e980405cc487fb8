package io.sipscope.node.ingest;

import io.sipscope.http.captures.CaptureImport;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.apache.pekko.util.ByteString;

/// Imports capture files, each read on a thread of its own as it is uploaded, and no faster than
/// its messages are stored. Any number may run at once; they share the door with all else.
public final class PcapSource implements CaptureImport {
  /// An upload that stands still this long has ended.
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

  /// Where files are read: blocking, so not among the actors.
  private static final String DISPATCHER = "sipscope.blocking-dispatcher";

  private final ActorSystem<?> system;
  private final Ingest ingest;
  private final LongSupplier clock;
  private final Gathering gathering = new Gathering();

  /// @param clock nanoseconds since the epoch
  public PcapSource(ActorSystem<?> system, Ingest ingest, LongSupplier clock) {
    this.system = system;
    this.ingest = ingest;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Report> importCapture(Source<ByteString, ?> file) {
    var progress = new ImportProgress();
    var bytes = file.runWith(StreamConverters.asInputStream(READ_TIMEOUT), system);
    Source.unfoldResource(
            () -> new CaptureReader(bytes, new FileReading(ingest, progress, clock)),
            CaptureReader::next,
            CaptureReader::close)
        .async(DISPATCHER)
        .via(gathering.flow())
        .watchTermination((_, ended) -> ended.whenComplete((_, _) -> progress.readingEnded()))
        .to(ingest.door())
        .run(system);
    return progress.report();
  }
}
