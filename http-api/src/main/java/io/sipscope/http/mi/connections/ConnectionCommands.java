package io.sipscope.http.mi.connections;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sipscope.http.connections.TcpConnection;
import io.sipscope.http.connections.TcpConnections;
import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.http.mi.MiTree;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The connections over TCP, as OpenSIPS's core lists them.
public final class ConnectionCommands {

  /// OpenSIPS closes what was idle until then; here an idle connection stays.
  private static final String NO_END = "never";

  private final TcpConnections connections;

  public ConnectionCommands(TcpConnections connections) {
    this.connections = connections;
  }

  private record Shown(
      @JsonProperty("ID") long id,
      @JsonProperty("Type") String type,
      @JsonProperty("State") int state,
      @JsonProperty("Remote") String remote,
      @JsonProperty("Local") String local,
      @JsonProperty("Lifetime") String lifetime) {}

  public List<MiCommand> commands() {
    return List.of(
        MiCommand.of(
                "list_tcp_conns",
                "tcp:list",
                "The connections over TCP that are open.",
                new MiRecipe(
                    List.of(),
                    _ ->
                        MiOutcome.of(
                                Map.of(
                                    "Connections",
                                    connections.list().stream()
                                        .map(ConnectionCommands::shown)
                                        .toList()))
                            .now()))
            .inTwo(
                new MiLegacy(
                    _ -> CompletableFuture.completedStage(new MiLegacy.Reply.Tree(tree())))));
  }

  private static Shown shown(TcpConnection connection) {
    return new Shown(
        connection.id(),
        connection.protocol(),
        connection.state(),
        text(connection.remote()),
        text(connection.local()),
        NO_END);
  }

  private MiTree tree() {
    return MiTree.array(
        "", connections.list().stream().map(ConnectionCommands::shown).map(this::node).toList());
  }

  private MiTree node(Shown connection) {
    return MiTree.leaf("Connection", "")
        .with("ID", Long.toString(connection.id()))
        .with("Type", connection.type())
        .with("State", Integer.toString(connection.state()))
        .with("Remote", connection.remote())
        .with("Local", connection.local())
        .with("Lifetime", connection.lifetime());
  }

  /// `address:port`, IPv6 without brackets, as OpenSIPS writes it.
  private static String text(InetSocketAddress endpoint) {
    return TcpConnections.address(endpoint) + ":" + endpoint.getPort();
  }
}
