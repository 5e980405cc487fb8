package io.sipscope.protocol.stream;

import io.sipscope.protocol.net.Found;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.function.Consumer;

/// The TCP streams of a capture, and the SIP messages in them. Each direction is a stream of its
/// own, as SIP needs no more; so captures that saw one side only work too.
///
/// Bounded: streams are forgotten least recently heard first, and those with unfinished bytes are
/// made to give them up when there are too many, or none came for long. Ages go by the packets'
/// time, the latest seen.
public final class TcpStreams {
  /// Some 32,000 connections; a stream that waits for nothing costs about 400 bytes.
  static final int MAX_FLOWS = 65_536;

  /// All unfinished bytes of all streams.
  static final long MAX_BYTES = 32L << 20;

  /// How long the rest of a message may take, nanoseconds: longer than TCP's own patience between
  /// two retransmissions (RFC 6298 §2.5).
  static final long MAX_AGE = 120_000_000_000L;

  private static final int FLOW_COST = 400;

  private final LinkedHashMap<Flow.Key, Flow> flows = new LinkedHashMap<>(16, 0.75f, true);

  /// Flows with unfinished bytes, least recently heard first; `stalled` those heard nothing of for
  /// [Flow#PATIENCE].
  private final SequencedSet<Waiting> waiting = new LinkedHashSet<>();

  private final SequencedSet<Waiting> stalled = new LinkedHashSet<>();
  private long retained;

  /// Equal when it is the same flow.
  private record Waiting(Flow flow, long since) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Waiting that && flow == that.flow;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(flow);
    }
  }

  public void accept(TcpSegment segment, long time, long clock, Consumer<Found> found) {
    var key = new Flow.Key(segment.source(), segment.destination());
    var flow = flows.get(key);
    if (flow == null) {
      if (segment.wireLength() == 0 && !segment.syn()) {
        return;
      }
      flow = new Flow(key);
      flows.put(key, flow);
      if (flows.size() > MAX_FLOWS) {
        var eldest = flows.pollFirstEntry().getValue();
        end(eldest, clock, found);
      }
    }
    long before = flow.retained();
    flow.accept(segment, time, clock, found);
    account(flow, before, clock);
    while (retained > MAX_BYTES) {
      var eldest = (stalled.isEmpty() ? waiting : stalled).getFirst().flow;
      end(eldest, clock, found);
      flows.remove(eldest.key());
    }
  }

  private void account(Flow flow, long before, long clock) {
    retained += flow.retained() - before;
    var entry = new Waiting(flow, clock);
    if (before > 0) {
      waiting.remove(entry);
      stalled.remove(entry);
    }
    if (flow.isUnfinished()) {
      waiting.add(entry);
    }
  }

  private void end(Flow flow, long clock, Consumer<Found> found) {
    long before = flow.retained();
    flow.end(found);
    account(flow, before, clock);
  }

  /// Makes the streams that waited too long give up waiting.
  public void advance(long clock, Consumer<Found> found) {
    while (!waiting.isEmpty() && waiting.getFirst().since + Flow.PATIENCE < clock) {
      var flow = waiting.getFirst().flow;
      long before = flow.retained();
      flow.quiet(found);
      account(flow, before, clock);
      if (flow.isUnfinished()) {
        var entry = waiting.removeLast();
        stalled.add(entry);
      }
    }
    while (!stalled.isEmpty() && stalled.getFirst().since + MAX_AGE < clock) {
      var flow = stalled.getFirst().flow;
      end(flow, clock, found);
    }
  }

  /// The capture has ended.
  public void finish(Consumer<Found> found) {
    for (var flow : flows.values()) {
      end(flow, Long.MIN_VALUE, found);
    }
  }

  /// What is kept, bookkeeping included.
  public long retainedBytes() {
    return retained + (long) FLOW_COST * flows.size();
  }
}
