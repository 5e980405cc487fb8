package io.sipscope.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.sipscope.persistence.notes.Note;
import io.sipscope.persistence.notes.NoteStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// Notes, a small partition a kind. A note is written as of its own time, so that Cassandra itself
/// lets the later one count.
final class CassandraNotes implements NoteStore {
  private static final long MICROS_IN_MILLI = 1_000;

  private final CqlSession session;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement delete;

  CassandraNotes(CqlSession session, String keyspace) {
    this.session = session;
    var table = keyspace + "." + CassandraSchema.KEPT_NOTE;
    select = session.prepare("select name, written, note from " + table + " where kind = ?");
    insert =
        session.prepare(
            "insert into "
                + table
                + " (kind, name, written, note) values (?, ?, ?, ?) using timestamp ?");
    delete =
        session.prepare("delete from " + table + " using timestamp ? where kind = ? and name = ?");
  }

  @Override
  public CompletionStage<List<Note>> read(String kind) {
    return session
        .executeAsync(select.bind(kind))
        .thenCompose(page -> rest(kind, page, new ArrayList<>()));
  }

  private static CompletionStage<List<Note>> rest(
      String kind, AsyncResultSet page, List<Note> notes) {
    for (var row : page.currentPage()) {
      var text = row.getString("note");
      if (text != null) {
        notes.add(new Note(kind, row.getString("name"), row.getLong("written"), text));
      }
    }
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> rest(kind, next, notes))
        : CompletableFuture.completedStage(notes);
  }

  @Override
  public CompletionStage<Done> keep(Note note) {
    return session
        .executeAsync(
            insert.bind(
                note.kind(),
                note.name(),
                note.written(),
                note.text(),
                note.written() * MICROS_IN_MILLI))
        .thenApply(_ -> Done.getInstance());
  }

  @Override
  public CompletionStage<Done> forget(String kind, String name, long written) {
    return session
        .executeAsync(delete.bind(written * MICROS_IN_MILLI, kind, name))
        .thenApply(_ -> Done.getInstance());
  }
}
