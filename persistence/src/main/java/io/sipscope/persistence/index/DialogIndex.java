package io.sipscope.persistence.index;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Answers searches without waking an entity: one row a dialog. One implementation a store.
public interface DialogIndex {

  /// Newest first by `startedAt`, then key. A page is followed by handing in its `next`.
  CompletionStage<Page> search(DialogQuery query, Optional<Cursor> after, int limit, long now);

  /// Newest first by `updatedAt`, then key: the order in which a list of messages needs its
  /// dialogs.
  CompletionStage<Page> recent(DialogQuery query, Optional<Cursor> after, int limit, long now);

  /// Dialogs with messages within `window` of a time, nearest first; nanoseconds.
  CompletionStage<List<DialogRow>> around(
      long time, long window, DialogQuery query, int limit, long now);

  /// How many dialogs that pass the filters began when. Those of the query that are about time are
  /// not asked: the grid is.
  CompletionStage<Timeline> timeline(DialogQuery query, TimeGrid grid, long now);

  /// Dialogs that have one of some links and were going on at some time from `from` to `to`;
  /// nanoseconds, both included.
  CompletionStage<Related> linked(Set<String> links, long from, long to, int limit);

  /// Dialogs that pass the filters and began from `from` to `to`; nanoseconds, both included.
  CompletionStage<Related> begun(DialogQuery query, long from, long to, int limit, long now);

  /// Where a page ended: keyset paging, so rows that arrive meanwhile move nothing.
  record Cursor(long time, String key) {}

  /// @param next where to go on; empty at the end
  record Page(List<DialogRow> rows, Optional<Cursor> next) {}
}
