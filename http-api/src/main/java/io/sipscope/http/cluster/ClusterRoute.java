package io.sipscope.http.cluster;

import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.Asking;
import io.sipscope.http.json.Json;
import io.sipscope.http.query.PlainGet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.server.Route;

/// `GET /api/cluster`: members, roles, shards, ingest rates, lag.
public final class ClusterRoute {
  /// Of the node that answers; null in a build that was not packed.
  private static final String VERSION = ClusterRoute.class.getPackage().getImplementationVersion();

  private final Supplier<CompletionStage<ClusterView>> cluster;
  private final Asking asking;

  public ClusterRoute(Supplier<CompletionStage<ClusterView>> cluster, Asking asking) {
    this.cluster = cluster;
    this.asking = asking;
  }

  private record ClusterJson(
      String self, String leader, String version, int shardCount, List<MemberJson> members) {
    static ClusterJson of(ClusterView view) {
      return new ClusterJson(
          view.self(),
          view.leader().isEmpty() ? null : view.leader(),
          VERSION,
          view.shardCount(),
          view.members().stream().map(MemberJson::of).toList());
    }
  }

  private record MemberJson(
      String address,
      List<String> roles,
      String status,
      boolean reachable,
      Integer shards,
      Integer dialogs,
      List<ShardJson> shardDialogs,
      IngestJson ingest,
      ClusterView.Vitals vitals) {
    static MemberJson of(ClusterView.Node node) {
      return new MemberJson(
          node.address(),
          node.roles(),
          node.status(),
          node.reachable(),
          node.shards() < 0 ? null : node.shards(),
          node.dialogs() < 0 ? null : node.dialogs(),
          node.shardDialogs().entrySet().stream()
              .map(shard -> new ShardJson(shard.getKey(), shard.getValue()))
              .toList(),
          node.ingest().received() < 0 ? null : IngestJson.of(node.ingest()),
          node.vitals().uptimeSeconds() < 0 ? null : node.vitals());
    }
  }

  private record ShardJson(String shard, int dialogs) {}

  private record IngestJson(
      double rate, long received, long persisted, long inFlight, double lagMs) {
    static IngestJson of(ClusterView.Ingest ingest) {
      return new IngestJson(
          ingest.rate(),
          ingest.received(),
          ingest.persisted(),
          ingest.inFlight(),
          ingest.lagMillis());
    }
  }

  public Route route() {
    return PlainGet.of(
        segment("api").slash("cluster"),
        () -> asking.within(cluster.get()).thenApply(view -> Json.ok(ClusterJson.of(view))));
  }
}
