package io.sipscope.node.sources.live;

import io.sipscope.node.ingest.Arrival;
import io.sipscope.node.ingest.CaptureReader;
import io.sipscope.node.ingest.Ingest;
import io.sipscope.node.ingest.Origin;
import io.sipscope.node.sources.Tally;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Found;
import java.util.Optional;
import java.util.function.LongSupplier;

/// What is captured on one interface: nobody waits for it to be stored.
final class LiveReading implements CaptureReader.Reading {
  private final Ingest ingest;
  private final Tally tally;
  private final Agent agent;
  private final String sender;
  private final LongSupplier clock;
  private Optional<Exception> failure = Optional.empty();

  /// @param networkInterface for the log
  /// @param clock nanoseconds since the epoch
  LiveReading(
      Ingest ingest, Tally tally, String agent, String networkInterface, LongSupplier clock) {
    this.ingest = ingest;
    this.tally = tally;
    this.agent = new Agent(0, agent);
    this.sender = "capture on " + networkInterface;
    this.clock = clock;
  }

  /// Packets of all sorts are captured; messages are what counts.
  @Override
  public void packet() {}

  @Override
  public Optional<Arrival> message(Found.Message message) {
    tally.received();
    var arrival = ingest.take(capture(message), sender, Origin.NOBODY);
    if (arrival.isEmpty() && ingest.isCapturing()) {
      tally.malformed();
    }
    return arrival;
  }

  @Override
  public void malformed(String reason, String detail) {
    tally.received();
    tally.malformed();
    ingest.receivedMalformed(sender, reason, detail);
  }

  /// The program has ended; why is known from elsewhere.
  @Override
  public void complete() {}

  @Override
  public void fail(Exception failure) {
    this.failure = Optional.of(failure);
  }

  /// Why it could not be read further, if it could not, since this was last asked; on the thread
  /// that reads.
  Optional<Exception> failure() {
    var last = failure;
    failure = Optional.empty();
    return last;
  }

  private Capture capture(Found.Message message) {
    return new Capture(
        clock.getAsLong(),
        message.time(),
        message.transport(),
        message.source(),
        message.destination(),
        agent,
        "",
        SourceKind.LIVE,
        message.sip().compact());
  }
}
