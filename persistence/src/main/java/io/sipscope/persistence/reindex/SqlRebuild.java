package io.sipscope.persistence.reindex;

import io.sipscope.persistence.index.IndexTable;
import io.sipscope.persistence.index.IndexTable.Change;
import io.sipscope.persistence.journal.JournalEntry;
import io.sipscope.persistence.journal.JournalTable;
import io.sipscope.persistence.sql.StoreAway;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds the index of a relational store, over one connection, which is opened again when it was
/// lost. Each question is a transaction of its own: none holds up what the database does to keep
/// itself tidy.
public final class SqlRebuild implements Rebuild {
  private static final Logger LOG = LoggerFactory.getLogger(SqlRebuild.class);

  private final DataSource source;
  private final IndexTable index;
  private final SqlDialect dialect;
  private Connection connection;

  private SqlRebuild(
      DataSource source, IndexTable index, SqlDialect dialect, Connection connection) {
    this.source = source;
    this.index = index;
    this.dialect = dialect;
    this.connection = connection;
  }

  /// @param source a pool with a connection to spare
  public static Opening opening(DataSource source, IndexTable index, SqlDialect dialect) {
    return () -> open(source, index, dialect);
  }

  private static SqlRebuild open(DataSource source, IndexTable index, SqlDialect dialect)
      throws Failed, Underway {
    try {
      return new SqlRebuild(source, index, dialect, connected(source, dialect));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static Connection connected(DataSource source, SqlDialect dialect)
      throws SQLException, Underway {
    var connection = source.getConnection();
    try {
      connection.setAutoCommit(false);
      boolean alone = dialect.lock(connection);
      connection.commit();
      if (!alone) {
        throw new Underway("Another node is building the index already.");
      }
      return connection;
    } catch (SQLException | Underway e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public OptionalLong events() throws Failed {
    return transaction(dialect::events);
  }

  @Override
  public List<JournalEntry> after(String id, long sequence, int limit) throws Failed {
    return transaction(held -> JournalTable.after(held, id, sequence, limit));
  }

  @Override
  public int write(Collection<Change> changes) throws Failed {
    return transaction(held -> index.rebuild(held, changes));
  }

  @Override
  public Swept sweep(String key, int limit) throws Failed {
    return transaction(held -> new IndexSweep(held).after(key, limit));
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T transaction(Work<T> work) throws Failed {
    try {
      if (connection.isClosed()) {
        connection = connected(source, dialect);
      }
      try {
        var done = work.on(connection);
        connection.commit();
        return done;
      } catch (SQLException e) {
        rollBack(e);
        throw e;
      }
    } catch (SQLException e) {
      throw failed(e);
    } catch (Underway e) {
      throw new Failed(e, false);
    }
  }

  private void rollBack(SQLException why) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }

  /// A row that came to be meanwhile (23505) is there at the next try.
  private static Failed failed(SQLException why) {
    return new Failed(why, StoreAway.isWhy(why) || "23505".equals(why.getSQLState()));
  }

  @Override
  public void close() {
    try (var held = connection) {
      if (!held.isClosed()) {
        dialect.unlock(held);
        held.commit();
      }
    } catch (SQLException e) {
      LOG.debug("the connection was lost before it was given back", e);
    }
  }
}
