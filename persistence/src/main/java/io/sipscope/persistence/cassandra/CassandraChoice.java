package io.sipscope.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.sipscope.persistence.recording.ChoiceStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// The choice as one row.
final class CassandraChoice implements ChoiceStore {
  private static final String NAME = "recorded";

  private final CqlSession session;
  private final PreparedStatement select;
  private final PreparedStatement insert;

  CassandraChoice(CqlSession session, String keyspace) {
    this.session = session;
    var table = keyspace + "." + CassandraSchema.STATISTIC_CHOICE;
    select = session.prepare("select names from " + table + " where name = ?");
    insert = session.prepare("insert into " + table + " (name, names) values (?, ?)");
  }

  @Override
  public CompletionStage<Optional<List<String>>> chosen() {
    return session
        .executeAsync(select.bind(NAME))
        .thenApply(
            rows -> {
              var row = rows.one();
              return row == null
                  ? Optional.empty()
                  : Optional.of(row.getString("names").lines().toList());
            });
  }

  @Override
  public CompletionStage<Void> choose(List<String> names) {
    return session.executeAsync(insert.bind(NAME, String.join("\n", names))).thenApply(_ -> null);
  }
}
