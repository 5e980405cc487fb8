package io.sipscope.persistence.index;

import io.sipscope.persistence.index.DialogIndex.Cursor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How a search is put together from what the stretches of the index have, in the order in which
/// one statement over all of it would have answered.
///
/// @param now when it is asked, nanoseconds
record Search(DialogQuery query, int limit, long now) {

  /// The newest: stretches are read from the newest on, until none can have a newer row.
  List<Found> newest(IndexView view, SearchOrder order, Optional<Cursor> after)
      throws SQLException {
    if (isUndivided(view)) {
      return view.select(SearchSql.page(query, order, after, limit, now));
    }
    var newestFirst =
        Comparator.comparingLong((Found one) -> one.time(order))
            .thenComparing(Found::key)
            .reversed();
    var found = List.<Found>of();
    for (var stretch : Stretch.of(view.parts(), TimeBounds.of(query, order, after), order)) {
      if (found.size() == limit && found.getLast().time(order) > stretch.newest(order)) {
        break;
      }
      var more = view.select(stretch, SearchSql.page(query, stretch, order, after, limit, now));
      found = first(found, more, newestFirst);
    }
    return found;
  }

  /// The nearest to a time. Those that began within the window or were last heard of within it are
  /// nearer than any that only goes on through all of it.
  List<Found> around(IndexView view, long time, long window) throws SQLException {
    if (isUndivided(view)) {
      return view.select(SearchSql.around(time, window, query, limit, now));
    }
    long from = TimeBounds.plus(time, -window);
    long to = TimeBounds.plus(time, window);
    long max = Long.MAX_VALUE;
    var found = around(view, time, List.of(), new TimeBounds(from, to, from, max));
    if (from == Long.MIN_VALUE) {
      return found;
    }
    found = around(view, time, found, new TimeBounds(Long.MIN_VALUE, from - 1, from, to));
    if (found.size() == limit || to == max) {
      return found;
    }
    return around(view, time, found, new TimeBounds(Long.MIN_VALUE, from - 1, to + 1, max));
  }

  private List<Found> around(IndexView view, long time, List<Found> known, TimeBounds times)
      throws SQLException {
    var nearestFirst =
        Comparator.comparingLong((Found one) -> one.distance(time))
            .thenComparing(Comparator.comparingLong(Found::startedAt).reversed())
            .thenComparing(Comparator.comparing(Found::key).reversed());
    var found = known;
    for (var stretch : Stretch.of(view.parts(), times.and(query), SearchOrder.STARTED)) {
      var more = view.select(stretch, SearchSql.around(time, query, stretch, limit, now));
      found = first(found, more, nearestFirst);
    }
    return found;
  }

  /// The one dialog of a Call-ID is looked up in all parts at once.
  private boolean isUndivided(IndexView view) throws SQLException {
    return query.callId().isPresent() || view.parts().isEmpty();
  }

  private List<Found> first(List<Found> some, List<Found> others, Comparator<Found> order) {
    var all = new ArrayList<>(some);
    all.addAll(others);
    all.sort(order);
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }
}
