package io.sipscope.node.sources;

import io.sipscope.http.agents.SourceState;
import io.sipscope.http.agents.SourceState.Condition;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// How one source is doing and what it brought: written by the threads of the source, read by pages
/// and statistics.
public final class Tally {
  private static final long NEVER = Long.MIN_VALUE;

  private final String kind;
  private final String name;
  private final LongSupplier clock;
  private final LongAdder received = new LongAdder();
  private final LongAdder malformed = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private volatile long lastAt = NEVER;
  private volatile Standing standing;

  private record Standing(Condition condition, String detail, long since) {}

  /// @param kind as in [SourceState]
  /// @param clock nanoseconds since the epoch
  public Tally(String kind, String name, LongSupplier clock) {
    this.kind = kind;
    this.name = name;
    this.clock = clock;
    this.standing = new Standing(Condition.CONNECTING, "", clock.getAsLong());
  }

  /// A message came, whatever becomes of it.
  public void received() {
    received.increment();
    lastAt = clock.getAsLong();
  }

  /// One of those that came could not be read.
  public void malformed() {
    malformed.increment();
  }

  /// So much was lost before it could be read.
  public void dropped(long more) {
    dropped.add(more);
  }

  public void up(String detail) {
    stand(Condition.UP, detail);
  }

  public void connecting(String detail) {
    stand(Condition.CONNECTING, detail);
  }

  /// The condition began when it last changed, however often its detail did.
  private void stand(Condition condition, String detail) {
    var before = standing;
    standing =
        new Standing(
            condition,
            detail,
            before.condition() == condition ? before.since() : clock.getAsLong());
  }

  public SourceState state() {
    var now = standing;
    long last = lastAt;
    return new SourceState(
        kind,
        name,
        now.condition(),
        now.detail(),
        now.since(),
        received.sum(),
        malformed.sum(),
        dropped.sum(),
        last == NEVER ? OptionalLong.empty() : OptionalLong.of(last));
  }
}
