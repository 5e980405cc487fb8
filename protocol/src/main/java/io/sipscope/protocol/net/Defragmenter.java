package io.sipscope.protocol.net;

import io.sipscope.protocol.Bytes;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.TreeMap;

/// Puts IP packets together again (RFC 791 §3.2, RFC 8200 §4.5): fragments in any order, twice,
/// overlapping (the byte that came first stays). Its clock is the packets' own.
///
/// What never completes is given up, oldest first, for age or for room; what had come of it from
/// the start on can then be had from [#givenUp].
final class Defragmenter {
  /// Trains normally complete within milliseconds; this many at once are an attack or great loss.
  static final int MAX_TRAINS = 4096;

  /// All fragments held, their bookkeeping included.
  static final long MAX_BYTES = 8L << 20;

  /// 65,535 bytes in the smallest MTU of IPv4 (576) are 119 fragments.
  static final int MAX_PIECES = 512;

  /// How long the rest may take: Linux's `ipfrag_time`, nanoseconds.
  static final long PATIENCE = 30_000_000_000L;

  /// How long the fragments of a packet that was put together are known again, nanoseconds: they
  /// come twice at once or not at all, and its number may be used again soon.
  private static final long ECHO = 1_000_000_000L;

  private static final int TRAIN_COST = 512;
  private static final int PIECE_COST = 128;

  /// What the fragments of one packet have in common.
  record Train(IpAddress source, IpAddress destination, int protocol, long id) {}

  private final LinkedHashMap<Train, Pieces> trains = new LinkedHashMap<>();

  /// When the last packets were put together, oldest first; as many as there may be trains.
  private final LinkedHashMap<Train, Long> completed = new LinkedHashMap<>();

  /// The start of a packet whose rest never came, and when its last fragment was seen.
  record Start(Layer.Carried carried, long time) {}

  private final ArrayDeque<Start> givenUp = new ArrayDeque<>();
  private long retained;

  /// The packet's payload if this fragment completes it, else nothing yet.
  Layer add(Layer.Fragment fragment, long time, long clock) {
    var pieces = trains.computeIfAbsent(fragment.train(), _ -> new Pieces(clock));
    retained -= pieces.cost;
    pieces.add(fragment, time);
    boolean complete = pieces.isComplete();
    if (complete || pieces.byStart.size() > MAX_PIECES) {
      trains.remove(fragment.train());
      if (!complete) {
        return new Layer.Unreadable("too-many-fragments", "more than " + MAX_PIECES);
      }
      remember(fragment.train(), clock);
      return pieces.carried(fragment.train());
    }
    retained += pieces.cost;
    while (trains.size() > MAX_TRAINS || retained > MAX_BYTES) {
      giveUpOldest();
    }
    return Layer.NOTHING;
  }

  private void remember(Train train, long clock) {
    completed.putLast(train, clock);
    if (completed.size() > MAX_TRAINS) {
      completed.pollFirstEntry();
    }
  }

  void advance(long clock) {
    while (!trains.isEmpty() && trains.firstEntry().getValue().since + PATIENCE < clock) {
      giveUpOldest();
    }
  }

  void giveUpAll() {
    while (!trains.isEmpty()) {
      giveUpOldest();
    }
  }

  private void giveUpOldest() {
    var oldest = trains.pollFirstEntry();
    var train = oldest.getKey();
    var pieces = oldest.getValue();
    retained -= pieces.cost;
    boolean echo = pieces.since - completed.getOrDefault(train, pieces.since - ECHO) < ECHO;
    if (pieces.byStart.containsKey(0) && !echo) {
      givenUp.add(new Start(pieces.carried(train), pieces.lastTime));
    }
  }

  /// Takes one of the packets that were given up.
  Optional<Start> givenUp() {
    return Optional.ofNullable(givenUp.poll());
  }

  long retainedBytes() {
    return retained;
  }

  /// The fragments of one packet that have come: disjoint, by where they start.
  private static final class Pieces {
    private final TreeMap<Integer, Piece> byStart = new TreeMap<>();
    private final long since;
    private long lastTime;
    private int protocol;
    private int total = -1;
    private int have;
    private long cost = TRAIN_COST;

    private record Piece(int end, Bytes bytes) {}

    Pieces(long since) {
      this.since = since;
    }

    void add(Layer.Fragment fragment, long time) {
      lastTime = time;
      int start = fragment.offset();
      int end = start + fragment.wireLength();
      if (start == 0) {
        protocol = fragment.protocol();
      }
      if (!fragment.more() && total < 0) {
        total = end;
      }
      for (int at = start; at < end; ) {
        var before = byStart.floorEntry(at);
        if (before != null && before.getValue().end > at) {
          at = before.getValue().end;
          continue;
        }
        var after = byStart.higherKey(at);
        int stop = after == null ? end : Math.min(after, end);
        int captured = fragment.bytes().length();
        var bytes =
            fragment
                .bytes()
                .slice(Math.min(at - start, captured), Math.min(stop - start, captured))
                .compact();
        byStart.put(at, new Piece(stop, bytes));
        have += stop - at;
        cost += bytes.length() + PIECE_COST;
        at = stop;
      }
    }

    boolean isComplete() {
      return total >= 0 && have >= total && reach() >= total;
    }

    /// How far the pieces go on from the start without a gap.
    private int reach() {
      int at = 0;
      for (var piece : byStart.entrySet()) {
        if (piece.getKey() != at) {
          break;
        }
        at = piece.getValue().end;
      }
      return at;
    }

    Layer.Carried carried(Train train) {
      int reach = reach();
      var whole = new byte[(int) Math.min(cost, reach)];
      int length = 0;
      for (var piece : byStart.entrySet()) {
        int start = piece.getKey();
        var bytes = piece.getValue().bytes;
        if (start != length) { // a gap, or a snap length cut the piece before
          break;
        }
        bytes.copyTo(whole, start);
        length += bytes.length();
      }
      return new Layer.Carried(
          protocol,
          train.source(),
          train.destination(),
          Bytes.of(whole, 0, length),
          isComplete() ? total : reach);
    }
  }
}
