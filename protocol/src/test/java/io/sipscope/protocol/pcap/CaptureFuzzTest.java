package io.sipscope.protocol.pcap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.testing.Mutations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Captures from outside never throw, never loop and never give more than they hold.
final class CaptureFuzzTest {
  private static final int SMALLEST_RECORD = 12;

  @Test
  void mutatedPcapIsReadToAnEnd() throws IOException {
    var big = CaptureBytes.pcap(false, CaptureBytes.NANOS, 1).record(1, new byte[30]).done();
    readAll(List.of(CaptureFileTest.samplePcap(), big), 11);
  }

  @Test
  void mutatedPcapngIsReadToAnEnd() throws IOException {
    var little =
        new CaptureBytes(true)
            .section()
            .anInterface(1, new CaptureBytes(true).option(9, new byte[] {(byte) 0x8a}))
            .enhanced(0, 1, new byte[20])
            .section();
    readAll(List.of(CaptureFileTest.samplePcapng(), little.done()), 12);
  }

  @Test
  void mutatedGzipIsReadToAnEnd() throws IOException {
    var zipped = CaptureBytes.gzip(CaptureFileTest.samplePcap());
    var mutations =
        new Mutations(List.of(zipped, Mutations.joined(zipped, zipped)), new Random(13));
    for (long i = 0; i < Mutations.INPUTS; i++) {
      read(mutations.next());
    }
  }

  private static void readAll(List<byte[]> seeds, long seed) throws IOException {
    var mutations = new Mutations(seeds, new Random(seed));
    for (long i = 0; i < Mutations.INPUTS; i++) {
      var bytes = mutations.next();
      assertTrue(read(bytes) <= bytes.length);
    }
  }

  /// How many bytes the frames have together.
  private static long read(byte[] bytes) throws IOException {
    long size = 0;
    long values = 0;
    try (var file = CaptureFile.open(new ByteArrayInputStream(bytes))) {
      while (true) {
        switch (file.next()) {
          case Pcap.Frame frame -> size += frame.data().length();
          case Pcap.Malformed fault -> assertTrue(fault.offset() >= 0);
          case Pcap.End _ -> {
            return size;
          }
        }
        assertTrue(++values <= 2 + 100L * bytes.length / SMALLEST_RECORD);
      }
    }
  }
}
