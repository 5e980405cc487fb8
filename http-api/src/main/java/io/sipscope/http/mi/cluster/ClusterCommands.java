package io.sipscope.http.mi.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sipscope.http.Asking;
import io.sipscope.http.cluster.ClusterView;
import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.http.mi.MiTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// The nodes of the cluster, as OpenSIPS's module `clusterer` lists them; the one that is asked is
/// among them. Their ids are their places in the order of their addresses.
public final class ClusterCommands {

  /// There is one cluster.
  private static final int CLUSTER = 1;

  private static final String SCHEME = "pekko://";

  private final Supplier<CompletionStage<ClusterView>> cluster;
  private final Asking asking;

  public ClusterCommands(Supplier<CompletionStage<ClusterView>> cluster, Asking asking) {
    this.cluster = cluster;
    this.asking = asking;
  }

  private record Cluster(
      @JsonProperty("cluster_id") int id, @JsonProperty("Nodes") List<Node> nodes) {}

  private record Node(
      @JsonProperty("node_id") int id,
      @JsonProperty("db_id") int databaseId,
      String url,
      @JsonProperty("link_state") String linkState,
      @JsonProperty("next_hop") String nextHop,
      String description) {}

  public List<MiCommand> commands() {
    return List.of(
        MiCommand.of(
                "cluster_list",
                "clusterer:list",
                "The nodes of the cluster, and whether they are heard of.",
                new MiRecipe(List.of(), _ -> view().thenApply(ClusterCommands::outcome)))
            .inTwo(new MiLegacy(_ -> view().thenApply(ClusterCommands::tree))));
  }

  private CompletionStage<ClusterView> view() {
    return asking.within(cluster.get());
  }

  private static MiOutcome outcome(ClusterView view) {
    return MiOutcome.of(Map.of("Clusters", List.of(new Cluster(CLUSTER, nodes(view)))));
  }

  private static List<Node> nodes(ClusterView view) {
    var nodes = new ArrayList<Node>();
    for (var member : view.members()) {
      int id = nodes.size() + 1;
      var linkState = linkState(member);
      nodes.add(
          new Node(
              id,
              id,
              url(member.address()),
              linkState,
              linkState.equals("Up") ? Integer.toString(id) : "none",
              member.address().equals(view.self()) ? "self" : "none"));
    }
    return nodes;
  }

  private static String linkState(ClusterView.Node member) {
    if (!member.reachable()) {
      return "Down";
    }
    return switch (member.status()) {
      case "up", "weaklyup" -> "Up";
      case "joining" -> "Probe";
      default -> "Down";
    };
  }

  /// `bin:10.0.0.1:7355` of `pekko://sipscope@10.0.0.1:7355`.
  private static String url(String address) {
    int at = address.indexOf('@');
    return "bin:" + (at < 0 ? address.replace(SCHEME, "") : address.substring(at + 1));
  }

  private static MiLegacy.Reply tree(ClusterView view) {
    var nodes = nodes(view).stream().map(ClusterCommands::node).toList();
    var cluster =
        new MiTree("Cluster", Integer.toString(CLUSTER), Map.of(), nodes, /* isArray */ true);
    return new MiLegacy.Reply.Tree(MiTree.array("", List.of(cluster)));
  }

  private static MiTree node(Node node) {
    return MiTree.leaf("Node", Integer.toString(node.id()))
        .with("DB_ID", Integer.toString(node.databaseId()))
        .with("URL", node.url())
        .with("Link_state", node.linkState())
        .with("Next_hop", node.nextHop())
        .with("Description", node.description());
  }
}
