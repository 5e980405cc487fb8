package io.sipscope.persistence.recording;

import io.sipscope.persistence.sql.Readers;
import io.sipscope.persistence.wire.Unreadable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/// Samples in a table of H2 or PostgreSQL. They share the connections of searches, not those that
/// messages are written by: a sample every some seconds is nothing to either.
public final class JdbcSamples implements SampleStore {
  private static final String APPEND =
      """
      insert into statistic_sample (sampled_at, statistics)
      select ?, ? where not exists (select 1 from statistic_sample where sampled_at = ?)
      """;
  private static final String READ =
      """
      select sampled_at, statistics from statistic_sample where sampled_at in (
        select max(sampled_at) from statistic_sample
        where sampled_at >= ? and sampled_at < ? group by sampled_at / ?)
      order by sampled_at
      """;
  private static final String FORGET = "delete from statistic_sample where sampled_at < ?";

  private final DataSource source;
  private final Readers threads;

  public JdbcSamples(DataSource source, Readers threads) {
    this.source = source;
    this.threads = threads;
  }

  private interface Work<T> {
    T on(PreparedStatement statement) throws SQLException, Unreadable;
  }

  private <T> CompletionStage<T> run(String sql, Work<T> work) {
    return threads.run(
        () -> {
          try (Connection connection = source.getConnection();
              var statement = connection.prepareStatement(sql)) {
            return work.on(statement);
          }
        });
  }

  @Override
  public CompletionStage<Void> append(Sample sample) {
    return run(
        APPEND,
        statement -> {
          statement.setLong(1, sample.time());
          statement.setBytes(2, SampleWire.encode(sample));
          statement.setLong(3, sample.time());
          statement.executeUpdate();
          return null;
        });
  }

  @Override
  public CompletionStage<List<Sample>> read(long from, long to, long step) {
    return run(
        READ,
        statement -> {
          statement.setLong(1, from);
          statement.setLong(2, to);
          statement.setLong(3, step);
          var samples = new ArrayList<Sample>();
          try (var rows = statement.executeQuery()) {
            while (rows.next()) {
              samples.add(SampleWire.decode(rows.getLong(1), rows.getBytes(2)));
            }
          }
          return samples;
        });
  }

  @Override
  public CompletionStage<Void> forget(long before) {
    return run(
        FORGET,
        statement -> {
          statement.setLong(1, before);
          statement.executeUpdate();
          return null;
        });
  }
}
