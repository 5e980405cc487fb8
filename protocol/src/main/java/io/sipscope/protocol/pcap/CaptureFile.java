package io.sipscope.protocol.pcap;

import java.io.IOException;
import java.io.InputStream;

/// A capture read from first byte to last: pcap or pcapng, either of them gzipped, told apart by
/// the first bytes. Holds one frame at a time, however long the capture is, and never waits for
/// more bytes than the next frame needs, so a live capture can be read through a pipe.
///
/// Not thread-safe.
public final class CaptureFile implements AutoCloseable {
  private static final Pcap.End END = new Pcap.End();

  /// Reads on from where a format's reader stands; one for each format.
  sealed interface Reader permits PcapReader, PcapngReader {
    Pcap next() throws IOException;
  }

  private enum State {
    OPENED,
    READING,
    ENDED
  }

  private final Input input;
  private Reader reader;
  private State state = State.OPENED;

  private CaptureFile(Input input) {
    this.input = input;
  }

  /// Reads nothing yet. The stream is closed by [#close].
  public static CaptureFile open(InputStream stream) {
    return new CaptureFile(new Input(stream));
  }

  /// The next frame, or what is wrong, or the end, again and again once reached.
  ///
  /// @throws IOException when the stream itself fails: that is not the capture's fault
  public Pcap next() throws IOException {
    return switch (state) {
      case OPENED -> after(first());
      case READING -> after(reader.next());
      case ENDED -> END;
    };
  }

  private Pcap first() throws IOException {
    if (input.startsGzip()) {
      input.decompress();
    }
    if (!input.has(4)) {
      return input.malformed(Reason.NOT_A_CAPTURE, input.left() + " bytes (24 or more)");
    }
    int magic = input.peekInt();
    var classic = PcapReader.of(input, magic);
    if (classic.isPresent()) {
      reader = classic.get();
    } else if (magic == PcapngReader.SECTION_HEADER) {
      reader = new PcapngReader(input);
    } else {
      return input.malformed(
          Reason.NOT_A_CAPTURE, "0x%08x (the magic of pcap or pcapng)".formatted(magic));
    }
    state = State.READING;
    return reader.next();
  }

  /// Notes whether reading can go on. Where damaged gzip ended it early, that is the reason.
  private Pcap after(Pcap found) {
    boolean goesOn =
        switch (found) {
          case Pcap.Frame _ -> true;
          case Pcap.Malformed _ -> state == State.READING && !input.isLost();
          case Pcap.End _ -> false;
        };
    if (goesOn) {
      return found;
    }
    state = State.ENDED;
    return input.damage().<Pcap>map(why -> input.malformed(Reason.GZIP, why)).orElse(found);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
