package io.sipscope.node.observed;

import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.dialog.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls that were going on when the cluster stopped, as the index has them: what a node that
/// founds it anew begins to count with.
public final class GoingOn {
  private static final Logger LOG = LoggerFactory.getLogger(GoingOn.class);

  private static final int PAGE = 1_000;

  /// Calls that are counted: more than go on at a time where one cluster can see them all.
  private static final int MAX_CALLS = 100_000;

  /// How long the start may wait for it; then what was found has to do.
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /// A call that is silent for longer counts as expired, so older ones need not be looked at.
  private static final long OLDEST_NANOS = TimeUnit.HOURS.toNanos(24);

  private GoingOn() {}

  /// Those found in time.
  ///
  /// @param now nanoseconds since the epoch
  public static List<DialogRow> read(DialogIndex index, long now) {
    var rows = new ArrayList<DialogRow>();
    long end = System.nanoTime() + PATIENCE_NANOS;
    for (var phase : List.of(Phase.CONFIRMED, Phase.EARLY, Phase.TRYING)) {
      read(index, phase, now, end, rows);
    }
    return List.copyOf(rows);
  }

  private static void read(
      DialogIndex index, Phase phase, long now, long end, List<DialogRow> rows) {
    var cursor = Optional.<DialogIndex.Cursor>empty();
    try {
      do {
        var page =
            index
                .search(DialogQuery.ofCalls(phase, now - OLDEST_NANOS), cursor, PAGE, now)
                .toCompletableFuture()
                .orTimeout(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS)
                .join();
        rows.addAll(page.rows());
        cursor = page.next();
      } while (cursor.isPresent() && rows.size() < MAX_CALLS && System.nanoTime() < end);
    } catch (CompletionException e) {
      LOG.info("calls that go on are counted from now: {}", e.getCause().toString());
    }
  }
}
