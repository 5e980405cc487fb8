package io.sipscope.http.dialogs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.sipscope.http.Asking;
import io.sipscope.http.json.Json;
import io.sipscope.http.json.Millis;
import io.sipscope.http.query.Filters;
import io.sipscope.http.query.Parameters;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;

/// `GET /api/dialogs?around=TIME`: for call logs that know when a call was, and perhaps whose.
///
/// With `nearest=true`, `from` and `to` leave nobody out: who matches them comes first, then who is
/// nearest in time. Numbers are compared as call logs write them.
final class NearestDialogs {
  private static final Set<String> PARAMETERS = Filters.and("limit", "around", "window", "nearest");
  private static final long SECOND = 1_000_000_000L;
  private static final long DEFAULT_WINDOW = 5 * SECOND;

  /// A call log's clock is hours off at worst (its zone).
  private static final long MAX_WINDOW = 24 * 3_600 * SECOND;

  private final DialogIndex index;
  private final Asking asking;

  NearestDialogs(DialogIndex index, Asking asking) {
    this.index = index;
    this.asking = asking;
  }

  /// @param next always `null`: there is one page
  private record Found(List<NearJson> dialogs, String next) {}

  private record NearJson(@JsonUnwrapped DialogJson dialog, NearnessJson nearness) {}

  /// How near a dialog is to what was asked for.
  ///
  /// @param offsetMs from the time asked for to when it began or was last heard of, whichever is
  ///     nearer; negative when that was before
  /// @param matches which of `from` and `to` are its caller and its callee
  private record NearnessJson(BigDecimal offsetMs, List<String> matches) {}

  private record Near(DialogRow row, long offset, List<String> matches) {}

  /// @param now nanoseconds since the epoch
  CompletionStage<HttpResponse> around(Uri uri, long now) {
    var parameters = Parameters.of(uri, PARAMETERS);
    long time = parameters.time("around").getAsLong();
    long window = parameters.duration("window", DEFAULT_WINDOW, MAX_WINDOW);
    var query = Filters.read(parameters);
    int limit = Filters.limit(parameters);
    boolean nearest = parameters.flag("nearest");
    var asked =
        nearest
            ? index.around(time, window, query.but().ofAnyParties().build(), Filters.MAX_LIMIT, now)
            : index.around(time, window, query, limit, now);
    return asking
        .within(asked)
        .thenApply(rows -> rows.stream().map(row -> near(row, time, query)).toList())
        .thenApply(near -> nearest ? bestFirst(near, limit) : near)
        .thenApply(
            near -> Json.ok(new Found(near.stream().map(one -> json(one, now)).toList(), null)));
  }

  private static List<Near> bestFirst(List<Near> near, int limit) {
    return near.stream()
        .sorted(
            Comparator.comparingInt((Near one) -> -one.matches().size())
                .thenComparingLong(one -> Math.abs(one.offset())))
        .limit(limit)
        .toList();
  }

  private static Near near(DialogRow row, long time, DialogQuery query) {
    var summary = row.summary();
    long began = summary.startedAt() - time;
    long lastHeard = summary.updatedAt() - time;
    var matches = new ArrayList<String>(2);
    if (isSame(query.from(), summary.caller())) {
      matches.add("from");
    }
    if (isSame(query.to(), summary.callee())) {
      matches.add("to");
    }
    return new Near(row, Math.abs(began) <= Math.abs(lastHeard) ? began : lastHeard, matches);
  }

  private static boolean isSame(Optional<String> logged, String address) {
    return logged.isPresent() && Party.isSame(logged.get(), address);
  }

  private static NearJson json(Near near, long now) {
    return new NearJson(
        DialogJson.of(near.row(), now),
        new NearnessJson(Millis.of(near.offset()), List.copyOf(near.matches())));
  }
}
