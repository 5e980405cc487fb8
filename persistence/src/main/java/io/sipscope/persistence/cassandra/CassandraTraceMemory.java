package io.sipscope.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.sipscope.persistence.trace.TraceEntry;
import io.sipscope.persistence.trace.TraceEntryWire;
import io.sipscope.persistence.trace.TraceMemory;
import io.sipscope.persistence.wire.Unreadable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One small partition. An entry is written as of its own time, so that Cassandra itself lets the
/// later one count.
final class CassandraTraceMemory implements TraceMemory {
  private static final Logger LOG = LoggerFactory.getLogger(CassandraTraceMemory.class);
  private static final String PARTITION = "trace";
  private static final long NANOS_IN_MICRO = 1_000;

  private final CqlSession session;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement delete;

  CassandraTraceMemory(CqlSession session, String keyspace) {
    this.session = session;
    var table = keyspace + "." + CassandraSchema.TRACE_SWITCH;
    select = session.prepare("select name, entry from " + table + " where kind = ?");
    insert =
        session.prepare(
            "insert into " + table + " (kind, name, entry) values (?, ?, ?) using timestamp ?");
    delete =
        session.prepare("delete from " + table + " using timestamp ? where kind = ? and name = ?");
  }

  @Override
  public CompletionStage<List<TraceEntry>> read() {
    return session
        .executeAsync(select.bind(PARTITION))
        .thenCompose(page -> rest(page, new ArrayList<>()));
  }

  private static CompletionStage<List<TraceEntry>> rest(
      AsyncResultSet page, List<TraceEntry> entries) {
    for (var row : page.currentPage()) {
      var bytes = row.getByteBuffer("entry");
      if (bytes == null) {
        continue;
      }
      var copy = new byte[bytes.remaining()];
      bytes.get(copy);
      try {
        entries.add(TraceEntryWire.decode(copy));
      } catch (Unreadable e) {
        LOG.warn("the trace switch {} cannot be read: {}", row.getString("name"), e.getMessage());
      }
    }
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> rest(next, entries))
        : CompletableFuture.completedStage(entries);
  }

  @Override
  public CompletionStage<Done> keep(TraceEntry entry) {
    return session
        .executeAsync(
            insert.bind(
                PARTITION,
                entry.name(),
                ByteBuffer.wrap(TraceEntryWire.encode(entry)),
                entry.written() / NANOS_IN_MICRO))
        .thenApply(_ -> Done.getInstance());
  }

  @Override
  public CompletionStage<Done> forget(TraceEntry entry) {
    return session
        .executeAsync(delete.bind(entry.written() / NANOS_IN_MICRO, PARTITION, entry.name()))
        .thenApply(_ -> Done.getInstance());
  }
}
