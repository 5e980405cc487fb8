package io.sipscope.http.timeline;

import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.Asking;
import io.sipscope.http.json.Json;
import io.sipscope.http.json.Millis;
import io.sipscope.http.json.Rfc3339;
import io.sipscope.http.query.Filters;
import io.sipscope.http.query.Parameters;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.TimeGrid;
import io.sipscope.persistence.index.Timeline;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.server.Route;

/// `GET /api/timeline`: how many dialogs began when, as bars to be drawn.
public final class TimelineRoute {
  private static final Set<String> PARAMETERS = Filters.and("buckets");
  private static final int DEFAULT_BUCKETS = 120;

  /// More bars than a screen has room for.
  private static final int MAX_BUCKETS = 1_000;

  private static final long DEFAULT_RANGE = 3_600_000_000_000L;

  private final DialogIndex index;
  private final Asking asking;
  private final LongSupplier now;

  /// @param now nanoseconds since the epoch
  public TimelineRoute(DialogIndex index, Asking asking, LongSupplier now) {
    this.index = index;
    this.asking = asking;
    this.now = now;
  }

  private record TimelineJson(
      String start, String end, BigDecimal stepMs, List<BucketJson> buckets, boolean complete) {
    static TimelineJson of(Timeline timeline) {
      var grid = timeline.grid();
      return new TimelineJson(
          Rfc3339.text(grid.from()),
          Rfc3339.text(grid.end()),
          Millis.orNull(OptionalLong.of(grid.step())),
          IntStream.range(0, grid.buckets()).mapToObj(i -> BucketJson.of(timeline, i)).toList(),
          timeline.uncounted() == 0);
    }
  }

  /// @param dialogs that began in it; `null` where there was no time to count them
  /// @param failed of those
  private record BucketJson(String at, Long dialogs, Long failed) {
    static BucketJson of(Timeline timeline, int bucket) {
      var at = Rfc3339.text(timeline.grid().start(bucket));
      return bucket < timeline.uncounted()
          ? new BucketJson(at, null, null)
          : new BucketJson(at, timeline.dialogs(bucket), timeline.failed(bucket));
    }
  }

  public Route route() {
    return path(
        segment("api").slash("timeline"),
        () -> get(() -> extractUri(uri -> completeWithFuture(timeline(uri)))));
  }

  private CompletionStage<HttpResponse> timeline(Uri uri) {
    var parameters = Parameters.of(uri, PARAMETERS);
    long at = now.getAsLong();
    return asking
        .within(
            index.timeline(
                Filters.read(parameters).but().atAnyTime().build(), grid(parameters, at), at))
        .thenApply(timeline -> Json.ok(TimelineJson.of(timeline)));
  }

  private static TimeGrid grid(Parameters parameters, long now) {
    long end = parameters.time("end").orElse(now);
    long start = parameters.time("start").orElse(end - DEFAULT_RANGE);
    if (start >= end) {
      throw Parameters.bad("start", Rfc3339.text(start), "a time before end");
    }
    int buckets = parameters.number("buckets", DEFAULT_BUCKETS, 1, MAX_BUCKETS);
    return new TimeGrid(start, (end - start - 1) / buckets + 1, buckets);
  }
}
