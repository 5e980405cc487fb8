package io.sipscope.bench.node;

import io.sipscope.bench.Call;
import io.sipscope.bench.Frames;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// A capture file of calls that overlap, seven messages each.
final class MadeCapture {
  /// Calls that overlap: a capture is never one call after the other.
  private static final int INTERLEAVED = 10_000;

  /// A capture of 1,400 messages a second, as [INTERLEAVED] calls of 50 s make it.
  private static final long APART_NANOS = 700_000;

  private MadeCapture() {}

  static void write(Path file, int messages) throws IOException {
    long time = Instant.now().minusSeconds(3_600).toEpochMilli() * 1_000_000;
    time -= messages * APART_NANOS;
    try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write(Frames.pcapHead());
      int written = 0;
      for (long first = 0; written < messages; first += INTERLEAVED) {
        for (int message = 0; message < Call.MESSAGES; message++) {
          for (long call = first; call < first + INTERLEAVED && written < messages; call++) {
            time += APART_NANOS;
            out.write(Frames.pcapRecord(message, Call.message(message, "import", call), time));
            written++;
          }
        }
      }
    }
  }
}
