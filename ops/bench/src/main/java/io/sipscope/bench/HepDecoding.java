package io.sipscope.bench;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.HepDecoder;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// HEP3 frames a second on one thread.
@State(Scope.Benchmark)
public class HepDecoding {
  private Bytes[] frames;
  private int next;

  @Setup
  public void aCall() {
    frames =
        IntStream.range(0, Call.MESSAGES)
            .mapToObj(i -> Frames.hep3(i, Call.message(i, "bench", 1), 1_000L * i))
            .toArray(Bytes[]::new);
  }

  @Benchmark
  public Object frame() {
    next = next + 1 == frames.length ? 0 : next + 1;
    return HepDecoder.decode(frames[next]);
  }
}
