package io.sipscope.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.sipscope.persistence.recording.Sample;
import io.sipscope.persistence.recording.SampleStore;
import io.sipscope.persistence.recording.SampleWire;
import io.sipscope.persistence.wire.Unreadable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// Samples in a partition a day. They end by their time to live.
final class CassandraSamples implements SampleStore {
  private static final long DAY_MILLIS = 86_400_000;

  /// Steps that are asked for at once.
  private static final int AT_ONCE = 64;

  private final CqlSession session;
  private final PreparedStatement append;
  private final PreparedStatement last;

  CassandraSamples(CqlSession session, String keyspace) {
    this.session = session;
    append =
        session.prepare(
            "insert into "
                + keyspace
                + ".statistic_sample (day, sampled_at, statistics) values (?, ?, ?)");
    last =
        session.prepare(
            "select sampled_at, statistics from "
                + keyspace
                + ".statistic_sample where day = ? and sampled_at >= ? and sampled_at < ? limit 1");
  }

  @Override
  public CompletionStage<Void> append(Sample sample) {
    return session
        .executeAsync(
            append.bind(
                sample.time() / DAY_MILLIS,
                sample.time(),
                ByteBuffer.wrap(SampleWire.encode(sample))))
        .thenApply(_ -> null);
  }

  @Override
  public CompletionStage<List<Sample>> read(long from, long to, long step) {
    return more(new ArrayList<>(), from, to, step);
  }

  /// Adds the samples of some steps, then those of the next.
  private CompletionStage<List<Sample>> more(List<Sample> samples, long from, long to, long step) {
    if (from >= to) {
      return CompletableFuture.completedStage(samples);
    }
    var asked = new ArrayList<CompletableFuture<Optional<Sample>>>();
    long next = from;
    while (next < to && asked.size() < AT_ONCE) {
      long end = Math.min(to, (next / step + 1) * step);
      asked.add(lastOf(next, end).toCompletableFuture());
      next = end;
    }
    long rest = next;
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenCompose(
            _ -> {
              asked.forEach(answer -> answer.join().ifPresent(samples::add));
              return more(samples, rest, to, step);
            });
  }

  /// The last sample before a time, looked for a day at a time.
  private CompletionStage<Optional<Sample>> lastOf(long from, long to) {
    if (from >= to) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    long day = (to - 1) / DAY_MILLIS;
    return session
        .executeAsync(last.bind(day, from, to))
        .thenCompose(
            rows -> {
              var row = rows.one();
              return row == null
                  ? lastOf(from, day * DAY_MILLIS)
                  : CompletableFuture.completedStage(
                      Optional.of(sample(row.getLong(0), row.getByteBuffer(1))));
            });
  }

  private static Sample sample(long time, ByteBuffer statistics) {
    var bytes = new byte[statistics.remaining()];
    statistics.get(bytes);
    try {
      return SampleWire.decode(time, bytes);
    } catch (Unreadable e) {
      throw new CompletionException(e);
    }
  }

  @Override
  public CompletionStage<Void> forget(long before) {
    return CompletableFuture.completedStage(null);
  }
}
