package io.sipscope.persistence.index;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Looks for dialogs that may be legs of one call, stretch by stretch as every search does (see
/// [Search]), until there are enough.
record RelatedSearch(int limit) {

  List<Found> linked(IndexView view, Set<String> links, long from, long to) throws SQLException {
    if (view.parts().isEmpty()) {
      return view.select(SearchSql.linked(links, from, to, limit));
    }
    var times = new TimeBounds(Long.MIN_VALUE, to, from, Long.MAX_VALUE);
    var found = new ArrayList<Found>();
    for (var stretch : Stretch.of(view.parts(), times, SearchOrder.STARTED)) {
      if (found.size() < limit) {
        found.addAll(
            view.select(
                stretch,
                SearchSql.linked(links, stretch, shorter(stretch.times()), limit - found.size())));
      }
    }
    return found;
  }

  /// Of the newest dialogs few were heard of after a time, of older ones as few began before it.
  private static SearchOrder shorter(TimeBounds times) {
    double updated = (double) times.updatedTo() - times.updatedFrom();
    double started = (double) times.startedTo() - times.startedFrom();
    return updated < started ? SearchOrder.UPDATED : SearchOrder.STARTED;
  }

  List<Found> begun(IndexView view, DialogQuery query, long from, long to, long now)
      throws SQLException {
    if (view.parts().isEmpty()) {
      return view.select(SearchSql.begun(query, from, to, limit, now));
    }
    var times = new TimeBounds(from, to, from, Long.MAX_VALUE);
    var found = new ArrayList<Found>();
    for (var stretch : Stretch.of(view.parts(), times, SearchOrder.STARTED)) {
      if (found.size() < limit) {
        found.addAll(
            view.select(stretch, SearchSql.begun(query, stretch, limit - found.size(), now)));
      }
    }
    return found;
  }
}
