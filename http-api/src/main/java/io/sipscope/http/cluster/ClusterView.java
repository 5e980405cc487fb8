package io.sipscope.http.cluster;

import java.util.List;
import java.util.Map;

/// The cluster as one node sees it: what `/api/cluster` answers.
///
/// @param self the address of the node that answers, `pekko://sipscope@10.0.0.1:7355`
/// @param shardCount how many shards of dialogs there can be
/// @param leader address of the leader; empty while there is none
public record ClusterView(String self, String leader, int shardCount, List<Node> members) {
  public ClusterView {
    members = List.copyOf(members);
  }

  /// @param status `joining`, `weaklyup`, `up`, `leaving`, `exiting`, `down`, `removed`
  /// @param reachable whether the failure detector hears of it
  /// @param shards shards of dialogs it holds; -1 when it did not tell in time
  /// @param dialogs dialogs awake in those shards; -1 when it did not tell in time
  /// @param shardDialogs of each of its shards; empty when it did not tell in time
  /// @param ingest what it takes in; all -1 when it did not tell in time
  /// @param vitals what it has of the machine; all -1 when it did not tell in time
  public record Node(
      String address,
      List<String> roles,
      String status,
      boolean reachable,
      int shards,
      int dialogs,
      Map<String, Integer> shardDialogs,
      Ingest ingest,
      Vitals vitals) {
    public Node {
      roles = List.copyOf(roles);
      shardDialogs = Map.copyOf(shardDialogs);
    }
  }

  /// @param loadPercent how busy the workers that read and store messages were in the last minute
  /// @param heapBytes of it in use
  /// @param heapMostBytes it may grow to
  /// @param uptimeSeconds since it started
  public record Vitals(long loadPercent, long heapBytes, long heapMostBytes, long uptimeSeconds) {
    public static final Vitals UNKNOWN = new Vitals(-1, -1, -1, -1);
  }

  /// @param rate messages received a second, over the last few seconds
  /// @param inFlight messages received and not yet persisted
  /// @param lagMillis how long ago the oldest of those was received, or what the node knows of that
  public record Ingest(
      double rate, long received, long persisted, long inFlight, double lagMillis) {
    public static final Ingest UNKNOWN = new Ingest(-1, -1, -1, -1, -1);
  }
}
