package io.sipscope.bench;

import io.sipscope.protocol.net.Found;
import io.sipscope.protocol.net.Walk;
import io.sipscope.protocol.pcap.CaptureFile;
import io.sipscope.protocol.pcap.Pcap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Packets a second on one thread: a capture file read, and the SIP messages found in its packets.
@State(Scope.Benchmark)
public class CaptureWalking {
  private static final int PACKETS = 7_000;

  private byte[] file;

  @Setup
  public void aCapture() {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Frames.pcapHead());
    for (int i = 0; i < PACKETS; i++) {
      int message = i % Call.MESSAGES;
      long call = i / Call.MESSAGES;
      bytes.writeBytes(Frames.pcapRecord(message, Call.message(message, "bench", call), i));
    }
    file = bytes.toByteArray();
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public long packets() throws IOException {
    var counted = new Counted();
    var walk = new Walk();
    try (var capture = CaptureFile.open(new ByteArrayInputStream(file))) {
      while (capture.next() instanceof Pcap.Frame frame) {
        walk.accept(frame, counted::found);
      }
    }
    walk.finish(counted::found);
    if (counted.messages != PACKETS) {
      throw new IllegalStateException(counted.messages + " messages (wanted " + PACKETS + ")");
    }
    return counted.messages;
  }

  private static final class Counted {
    private long messages;

    private void found(Found found) {
      switch (found) {
        case Found.Message _ -> messages++;
        case Found.Malformed malformed -> throw new IllegalStateException(malformed.reason());
      }
    }
  }
}
