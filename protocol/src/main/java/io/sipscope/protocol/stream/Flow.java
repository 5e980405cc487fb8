package io.sipscope.protocol.stream;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Found;
import io.sipscope.protocol.net.Transport;
import java.util.TreeMap;
import java.util.function.Consumer;

/// One direction of a TCP connection: its segments in order (RFC 9293 §3.4), and what they carry.
///
/// Positions are sequence numbers unrolled to 64 bits, so that they do not wrap. Of bytes that come
/// twice the first stay. A gap is waited for, within bounds; then the stream goes on behind it.
final class Flow {
  /// What may wait behind a gap: a large receive window's worth.
  static final int MAX_PENDING = 256 << 10;

  static final int MAX_PENDING_SEGMENTS = 512;

  /// How long a gap is waited for, nanoseconds: lost segments are sent again within a second or
  /// two, and a message that only silence ends should not take longer to show.
  static final long PATIENCE = 5_000_000_000L;

  /// A jump beyond this is not loss: another connection uses the same ports.
  private static final long WINDOW = 16 << 20;

  /// Ports silent for so long are likely used by another connection when they speak again.
  private static final long MAX_SILENCE = 600_000_000_000L;

  private static final int SEGMENT_COST = 128;

  /// Which direction of which connection.
  record Key(Endpoint source, Endpoint destination) {}

  /// Bytes that wait, or go on; what they complete was completed at `time`.
  private record Piece(Bytes bytes, int wireLength, long time) {
    Piece notBefore(long other) {
      return other > time ? new Piece(bytes, wireLength, other) : this;
    }
  }

  private final Key key;
  private final TreeMap<Long, Piece> pending = new TreeMap<>();
  private Content content = new Ignored();
  private boolean started;
  private boolean ended;
  private long first;
  private long next;
  private long end = Long.MAX_VALUE;
  private long gapSince;
  private long lastHeard;
  private int pendingBytes;

  Flow(Key key) {
    this.key = key;
  }

  Key key() {
    return key;
  }

  void accept(TcpSegment segment, long time, long clock, Consumer<Found> found) {
    var sink = sink(found);
    long at = next + (int) (segment.sequence() - next);
    if (segment.syn()) {
      at++; // a SYN takes a number of its own
      if (!started || ended || at != first) {
        start(at, false, clock, sink);
      }
    }
    if (segment.wireLength() > 0) {
      if (!started || isAnother(at, segment, clock)) {
        start(at, true, clock, sink);
      }
      lastHeard = clock;
      arrange(at, segment, time, clock, sink);
    }
    if (segment.fin() && started) {
      end = Math.min(end, at + segment.wireLength());
    }
    if (started && !ended && (segment.rst() || next >= end)) {
      end(sink);
    }
    content.settle();
  }

  private void start(long at, boolean joined, long clock, Content.Sink sink) {
    if (started) {
      end(sink);
    }
    first = at;
    next = at;
    lastHeard = clock;
    end = Long.MAX_VALUE;
    started = true;
    ended = false;
    content = new Unrecognised(new Pile(), joined);
  }

  private boolean isAnother(long at, TcpSegment segment, long clock) {
    return at > next + WINDOW
        || at + segment.wireLength() < next - WINDOW
        || (ended && at >= next)
        || clock - lastHeard > MAX_SILENCE;
  }

  private void arrange(long at, TcpSegment segment, long time, long clock, Content.Sink sink) {
    if (at + segment.wireLength() <= next) {
      return;
    }
    var piece = new Piece(segment.payload(), segment.wireLength(), time);
    if (at <= next || content instanceof Ignored) {
      deliver(at, piece, sink);
    } else {
      keep(at, piece, clock);
    }
    drain(time, sink);
    while (!pending.isEmpty()
        && (pendingBytes > MAX_PENDING
            || pending.size() > MAX_PENDING_SEGMENTS
            || clock - gapSince > PATIENCE)) {
      skipGap(sink);
      gapSince = clock;
    }
  }

  private void keep(long at, Piece piece, long clock) {
    if (pending.isEmpty()) {
      gapSince = clock;
    }
    var known = pending.get(at);
    if (known == null || known.wireLength < piece.wireLength) {
      var kept = new Piece(piece.bytes.compact(), piece.wireLength, piece.time);
      pending.put(at, kept);
      pendingBytes += cost(kept) - (known == null ? 0 : cost(known));
    }
  }

  private static int cost(Piece piece) {
    return piece.bytes.length() + SEGMENT_COST;
  }

  /// Hands over what is new of a piece that begins at `next` or before it. Where a snap length cut
  /// it, the rest is lost.
  private void deliver(long at, Piece piece, Content.Sink sink) {
    int known = (int) Math.max(0, next - at);
    next = at + piece.wireLength;
    if (known < piece.bytes.length()) {
      content.append(piece.bytes.from(known));
      look(piece.time, sink);
    }
    if (piece.bytes.length() < piece.wireLength) {
      content = content.lost(sink);
    }
  }

  private void look(long time, Content.Sink sink) {
    for (var seen = content.look(time, sink); seen != content; seen = content.look(time, sink)) {
      content = seen;
    }
  }

  /// Hands over what waited for the bytes up to `next`, which came at `time`.
  private void drain(long time, Content.Sink sink) {
    while (!pending.isEmpty() && pending.firstKey() <= next) {
      var first = pending.pollFirstEntry();
      pendingBytes -= cost(first.getValue());
      if (first.getKey() + first.getValue().wireLength > next) {
        deliver(first.getKey(), first.getValue().notBefore(time), sink);
      }
    }
  }

  private void skipGap(Content.Sink sink) {
    content = content.lost(sink);
    next = pending.firstKey();
    drain(Long.MIN_VALUE, sink);
  }

  /// Nothing has come for [#PATIENCE]: what only waited for that is done.
  void quiet(Consumer<Found> found) {
    var sink = sink(found);
    while (!pending.isEmpty()) {
      skipGap(sink);
    }
    content = content.quiet(sink);
    if (next >= end && !ended) {
      end(sink);
    }
    content.settle();
  }

  /// No more is expected, or there is no room: gives what is unfinished.
  void end(Consumer<Found> found) {
    quiet(found);
    end(sink(found));
    content.settle();
  }

  private void end(Content.Sink sink) {
    while (!pending.isEmpty()) {
      skipGap(sink);
    }
    content = content.lost(sink);
    ended = true;
  }

  boolean isUnfinished() {
    return retained() > 0;
  }

  int retained() {
    return pendingBytes + content.retained();
  }

  private Content.Sink sink(Consumer<Found> found) {
    return new Content.Sink() {
      @Override
      public void message(long time, Transport transport, Bytes sip) {
        found.accept(new Found.Message(time, transport, key.source(), key.destination(), sip));
      }

      @Override
      public void malformed(String reason, String detail) {
        found.accept(new Found.Malformed(reason, detail));
      }
    };
  }
}
