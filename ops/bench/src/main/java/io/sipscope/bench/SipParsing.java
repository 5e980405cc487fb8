package io.sipscope.bench;

import io.sipscope.bench.SipReader.Unreadable;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Messages a second on one thread, for our parser and two others over the same messages.
@State(Scope.Benchmark)
public class SipParsing {

  @Param({"SIPSCOPE", "PKTS", "JAIN"})
  public SipReader parser;

  private byte[][] messages;
  private int next;

  @Setup
  public void aCall() {
    messages =
        IntStream.range(0, Call.MESSAGES)
            .mapToObj(i -> Call.message(i, "bench", 1_000_000))
            .toArray(byte[][]::new);
  }

  @Benchmark
  public Object message() throws Unreadable {
    next = next + 1 == messages.length ? 0 : next + 1;
    return parser.read(messages[next]);
  }
}
