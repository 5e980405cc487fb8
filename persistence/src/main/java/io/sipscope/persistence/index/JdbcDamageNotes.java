package io.sipscope.persistence.index;

import io.sipscope.persistence.sql.Readers;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes damage in the table of a relational store, on the threads that searches have.
public final class JdbcDamageNotes implements DamageNotes {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcDamageNotes.class);

  /// Notes under way: searches, which have the same threads, are not to wait for more.
  private static final int MOST = 16;

  private final DataSource source;
  private final Readers threads;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /// @param source a pool with a connection for each of the threads
  public JdbcDamageNotes(DataSource source, Readers threads) {
    this.source = source;
    this.threads = threads;
  }

  @Override
  public void note(String key, String damaged) {
    if (underWay.size() >= MOST || !underWay.add(key)) {
      return;
    }
    threads
        .run(() -> write(key, damaged))
        .whenComplete(
            (_, failure) -> {
              underWay.remove(key);
              if (failure != null) {
                LOG.debug("it was not noted that a dialog is damaged", failure);
              }
            });
  }

  private Boolean write(String key, String damaged) throws SQLException {
    try (var connection = source.getConnection()) {
      return IndexTable.note(connection, key, damaged);
    }
  }
}
