package io.sipscope.persistence.index;

import java.sql.SQLException;
import java.time.Duration;

/// Counts a [Timeline] from its newest buckets on, in steps that are as long as they are quick,
/// until its time is up: what a chart shows of a few million dialogs must not hold a reader for
/// longer than somebody looks at it.
final class TimelineWalk {
  /// What is not counted by then is left out; the page is used to half of it being there.
  private static final Duration BUDGET = Duration.ofMillis(1_500);

  /// A step that took less is followed by one of twice as many buckets.
  private static final Duration QUICK = Duration.ofMillis(100);

  private final IndexView view;
  private final DialogQuery query;
  private final long now;

  TimelineWalk(IndexView view, DialogQuery query, long now) {
    this.view = view;
    this.query = query;
    this.now = now;
  }

  Timeline over(TimeGrid grid) throws SQLException {
    var timeline = new Timeline(grid);
    long begun = System.nanoTime();
    long stepBegun = begun;
    int step = 1;
    while (timeline.uncounted() > 0 && stepBegun - begun < BUDGET.toNanos()) {
      int to = timeline.uncounted();
      int from = Math.max(0, to - step);
      view.count(SearchSql.timeline(query, grid.start(from), grid.start(to), grid, now), timeline);
      timeline.countedDownTo(from);
      long ended = System.nanoTime();
      step = ended - stepBegun < QUICK.toNanos() ? 2 * step : Math.max(1, step / 2);
      stepBegun = ended;
    }
    return timeline;
  }
}
