package io.sipscope.node.ingest;

import io.sipscope.http.captures.CaptureImport.NotACapture;
import io.sipscope.protocol.net.Found;
import io.sipscope.protocol.net.Walk;
import io.sipscope.protocol.pcap.CaptureFile;
import io.sipscope.protocol.pcap.Pcap;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Optional;

/// Reads the SIP messages of one capture, be it a file or what a program captures just now. Blocks
/// while the bytes are not there yet.
public final class CaptureReader {
  /// The first bytes are of no capture format.
  private static final String NOT_A_CAPTURE = "not-a-capture";

  private final CaptureFile capture;
  private final Walk walk = new Walk();
  private final Reading reading;
  private final ArrayDeque<Arrival> found = new ArrayDeque<>();
  private boolean ended;

  /// What is done with what a capture holds, on the thread that reads it.
  public interface Reading {
    /// A frame was read, whatever is in it.
    void packet();

    /// A SIP message was found: what is to be let in for it, if anything.
    Optional<Arrival> message(Found.Message message);

    /// Bytes that cannot be read; it goes on behind them where it can.
    ///
    /// @param reason a constant in kebab-case
    void malformed(String reason, String detail);

    /// The end was seen.
    void complete();

    /// It cannot be read further; what was found before counts all the same.
    void fail(Exception failure);
  }

  public CaptureReader(InputStream bytes, Reading reading) {
    this.capture = CaptureFile.open(bytes);
    this.reading = reading;
  }

  /// The next message; empty at the end, or where it cannot be read further, of which the reading
  /// was told.
  public Optional<Arrival> next() {
    while (found.isEmpty() && !ended) {
      read();
    }
    return Optional.ofNullable(found.poll());
  }

  private void read() {
    try {
      switch (capture.next()) {
        case Pcap.Frame frame -> {
          reading.packet();
          walk.accept(frame, this::take);
        }
        case Pcap.Malformed(long offset, var reason, var detail)
            when offset == 0 && reason.equals(NOT_A_CAPTURE) ->
            fail(new NotACapture(detail));
        case Pcap.Malformed(_, var reason, var detail) -> reading.malformed(reason, detail);
        case Pcap.End _ -> {
          walk.finish(this::take);
          reading.complete();
          ended = true;
        }
      }
    } catch (IOException brokenOff) {
      fail(brokenOff);
    }
  }

  private void fail(Exception failure) {
    reading.fail(failure);
    ended = true;
  }

  private void take(Found item) {
    switch (item) {
      case Found.Malformed(var reason, var detail) -> reading.malformed(reason, detail);
      case Found.Message message -> reading.message(message).ifPresent(found::add);
    }
  }

  public void close() {
    try {
      capture.close();
    } catch (IOException e) {
      reading.fail(e);
    }
  }
}
