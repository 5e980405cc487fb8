package io.sipscope.persistence.index;

import io.sipscope.persistence.sql.Readers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/// The index in a table of a relational store, as searches read it; its rows are written with the
/// events they follow from, by an [IndexTable].
public final class JdbcDialogIndex implements DialogIndex {
  private final DataSource source;
  private final IndexParts parts;
  private final Duration timeout;
  private final Readers readers;

  /// @param source a pool with a connection for each of the readers
  /// @param timeout how long a search may take
  public JdbcDialogIndex(DataSource source, IndexParts parts, Readers readers, Duration timeout) {
    this.source = source;
    this.parts = parts;
    this.readers = readers;
    this.timeout = timeout;
  }

  @Override
  public CompletionStage<Page> search(
      DialogQuery query, Optional<Cursor> after, int limit, long now) {
    return page(query, SearchOrder.STARTED, after, limit, now);
  }

  @Override
  public CompletionStage<Page> recent(
      DialogQuery query, Optional<Cursor> after, int limit, long now) {
    return page(query, SearchOrder.UPDATED, after, limit, now);
  }

  @Override
  public CompletionStage<List<DialogRow>> around(
      long time, long window, DialogQuery query, int limit, long now) {
    var search = new Search(query, limit, now);
    return readers.run(() -> rows(ask(view -> search.around(view, time, window))));
  }

  @Override
  public CompletionStage<Timeline> timeline(DialogQuery query, TimeGrid grid, long now) {
    return readers.run(() -> ask(view -> new TimelineWalk(view, query, now).over(grid)));
  }

  @Override
  public CompletionStage<Related> linked(Set<String> links, long from, long to, int limit) {
    if (links.isEmpty()) {
      return CompletableFuture.completedStage(new Related(List.of(), true));
    }
    var search = new RelatedSearch(limit + 1);
    return readers.run(() -> related(ask(view -> search.linked(view, links, from, to)), limit));
  }

  @Override
  public CompletionStage<Related> begun(
      DialogQuery query, long from, long to, int limit, long now) {
    var search = new RelatedSearch(limit + 1);
    return readers.run(() -> related(ask(view -> search.begun(view, query, from, to, now)), limit));
  }

  private static Related related(List<Found> found, int limit) {
    boolean complete = found.size() <= limit;
    return new Related(rows(complete ? found : found.subList(0, limit)), complete);
  }

  private CompletionStage<Page> page(
      DialogQuery query, SearchOrder order, Optional<Cursor> after, int limit, long now) {
    // One more tells whether there is a next page.
    var search = new Search(query, limit + 1, now);
    return readers.run(() -> page(ask(view -> search.newest(view, order, after)), order, limit));
  }

  @FunctionalInterface
  private interface Question<T> {
    T of(IndexView view) throws SQLException;
  }

  private <T> T ask(Question<T> question) throws SQLException {
    try (var connection = source.getConnection()) {
      return question.of(new IndexView(connection, parts, timeout));
    }
  }

  private static Page page(List<Found> found, SearchOrder order, int limit) {
    if (found.size() <= limit) {
      return new Page(rows(found), Optional.empty());
    }
    var shown = found.subList(0, limit);
    var last = shown.getLast();
    return new Page(rows(shown), Optional.of(new Cursor(last.time(order), last.key())));
  }

  private static List<DialogRow> rows(List<Found> found) {
    return found.stream().flatMap(one -> one.row().stream()).toList();
  }
}
