package io.sipscope.node.ingest;

import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Found;
import java.util.Optional;
import java.util.function.LongSupplier;

/// A capture file that was uploaded: each of its messages is waited for by the import, and goes in
/// also while capturing is switched off.
final class FileReading implements CaptureReader.Reading {
  /// Who sent it, for the log.
  private static final String SENDER = "a capture file";

  private final Ingest ingest;
  private final ImportProgress progress;
  private final LongSupplier clock;

  /// @param clock nanoseconds since the epoch
  FileReading(Ingest ingest, ImportProgress progress, LongSupplier clock) {
    this.ingest = ingest;
    this.progress = progress;
    this.clock = clock;
  }

  @Override
  public void packet() {
    progress.packet();
  }

  @Override
  public Optional<Arrival> message(Found.Message message) {
    ingest.counters().received();
    var arrival = ingest.parse(capture(message), SENDER, progress);
    arrival.ifPresentOrElse(found -> progress.message(found.key()), progress::malformed);
    return arrival;
  }

  @Override
  public void malformed(String reason, String detail) {
    progress.malformed();
    ingest.receivedMalformed(SENDER, reason, detail);
  }

  @Override
  public void complete() {
    progress.complete();
  }

  @Override
  public void fail(Exception failure) {
    progress.fail(failure);
  }

  private Capture capture(Found.Message message) {
    return new Capture(
        clock.getAsLong(),
        message.time(),
        message.transport(),
        message.source(),
        message.destination(),
        Agent.NONE,
        "",
        SourceKind.PCAP,
        message.sip().compact());
  }
}
