package io.sipscope.node.ingest;

import io.sipscope.http.captures.CaptureImport.NotACapture;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Found;
import io.sipscope.protocol.net.Walk;
import io.sipscope.protocol.pcap.CaptureFile;
import io.sipscope.protocol.pcap.Pcap;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Reads the SIP messages of one capture file. Blocks while the file is not there yet.
final class CaptureReader {
  /// Who sent it, for the log.
  private static final String SENDER = "a capture file";

  /// The first bytes are of no capture format.
  private static final String NOT_A_CAPTURE = "not-a-capture";

  private final CaptureFile file;
  private final Walk walk = new Walk();
  private final Ingest ingest;
  private final ImportProgress progress;
  private final LongSupplier clock;
  private final ArrayDeque<Arrival> found = new ArrayDeque<>();
  private boolean ended;

  CaptureReader(InputStream bytes, Ingest ingest, ImportProgress progress, LongSupplier clock) {
    this.file = CaptureFile.open(bytes);
    this.ingest = ingest;
    this.progress = progress;
    this.clock = clock;
  }

  /// The next message; empty at the end of the file, or where it cannot be read further: what was
  /// found before is stored all the same, and the import's progress knows why it failed.
  Optional<Arrival> next() {
    while (found.isEmpty() && !ended) {
      read();
    }
    return Optional.ofNullable(found.poll());
  }

  private void read() {
    try {
      switch (file.next()) {
        case Pcap.Frame frame -> {
          progress.packet();
          walk.accept(frame, this::take);
        }
        case Pcap.Malformed(long offset, var reason, var detail)
            when offset == 0 && reason.equals(NOT_A_CAPTURE) ->
            fail(new NotACapture(detail));
        case Pcap.Malformed(_, var reason, var detail) -> malformed(reason, detail);
        case Pcap.End _ -> {
          walk.finish(this::take);
          progress.complete();
          ended = true;
        }
      }
    } catch (IOException brokenOff) {
      fail(brokenOff);
    }
  }

  private void fail(Exception failure) {
    progress.fail(failure);
    ended = true;
  }

  private void take(Found item) {
    switch (item) {
      case Found.Malformed(var reason, var detail) -> malformed(reason, detail);
      case Found.Message message -> {
        ingest.counters().received();
        ingest
            .parse(capture(message), SENDER, progress)
            .ifPresentOrElse(this::add, progress::malformed);
      }
    }
  }

  private void add(Arrival arrival) {
    progress.message(arrival.key());
    found.add(arrival);
  }

  private void malformed(String reason, String detail) {
    progress.malformed();
    ingest.receivedMalformed(SENDER, reason, detail);
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

  void close() {
    try {
      file.close();
    } catch (IOException e) {
      progress.fail(e);
    }
  }
}
