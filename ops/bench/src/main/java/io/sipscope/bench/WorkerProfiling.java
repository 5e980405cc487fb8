package io.sipscope.bench;

import io.sipscope.http.mi.core.ProcessProfiling;
import io.sipscope.node.profiling.Profiling;
import io.sipscope.persistence.events.EventDelivery;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.Worker;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.HepDecoder;
import io.sipscope.protocol.sip.SipParser;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Nanoseconds to decode and parse one HEP3 frame: by a worker that knows nothing of profiling, by
/// one that is not profiled, and by one that is while nobody subscribed.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WorkerProfiling {
  private final ProcessProfiling off = profiling(0);
  private final ProcessProfiling unheard = profiling(ProcessProfiling.TIMERS);
  private Bytes[] frames;
  private int next;

  private static Profiling profiling(int level) {
    var profiling =
        new Profiling(
            new Events(
                new EventNames(List.of()), EventDelivery.NOBODY, new Counters(), System::nanoTime),
            System::nanoTime);
    profiling.workers(_ -> new Worker(2, 1, "SIP receiver hep_udp:127.0.0.1:9060"));
    profiling.setAll(level);
    return profiling;
  }

  @Setup
  public void aCall() {
    frames =
        IntStream.range(0, Call.MESSAGES)
            .mapToObj(i -> Frames.hep3(i, Call.message(i, "bench", 1), 1_000L * i))
            .toArray(Bytes[]::new);
  }

  private Bytes frame() {
    next = next + 1 == frames.length ? 0 : next + 1;
    return frames[next];
  }

  @Benchmark
  public Object unwatched() {
    var hep = HepDecoder.decode(frame());
    return hep instanceof Hep.Packet packet ? SipParser.parse(packet.payload()) : hep;
  }

  @Benchmark
  public Object notProfiled() {
    return profiled(off);
  }

  @Benchmark
  public Object profiledAndUnheard() {
    return profiled(unheard);
  }

  private Object profiled(ProcessProfiling profiling) {
    try (var session = profiling.begin(ProcessProfiling.TRAFFIC)) {
      session.enter("receive_msg");
      session.enter("hep_decode");
      var hep = HepDecoder.decode(frame());
      session.exit("hep_decode", hep instanceof Hep.Packet ? 0 : -1);
      session.enter("parse_msg");
      var parsed = hep instanceof Hep.Packet packet ? SipParser.parse(packet.payload()) : hep;
      session.exit("parse_msg", 0);
      session.exit("receive_msg", 0);
      return parsed;
    }
  }
}
