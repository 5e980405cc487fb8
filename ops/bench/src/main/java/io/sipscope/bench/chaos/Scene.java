package io.sipscope.bench.chaos;

import io.sipscope.bench.node.NodeProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// A node and, where its store is one, a PostgreSQL: started together, ended together, also when
/// this process is interrupted.
final class Scene {
  /// HTTP, HEP, the cluster, PostgreSQL, and a slow way to that.
  private static final int PORTS = 5;

  private final Settings settings;
  private final Thread hook = new Thread(this::kill);
  private PostgresServer database;
  private NodeProcess node;

  /// @param store `postgres`, `h2` or `memory`
  /// @param work everything is in this folder
  /// @param port the first of those it takes
  /// @param postgres settings of PostgreSQL, as `name=value`
  /// @param canBeSlow whether the node reaches it by a detour
  record Settings(
      Path launcher,
      String store,
      Path work,
      int port,
      String javaOptions,
      List<String> postgres,
      boolean canBeSlow) {}

  Scene(Settings settings) {
    this.settings = settings;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  void start() throws IOException, InterruptedException {
    var taken = portsTaken();
    if (!taken.isEmpty()) {
      throw new IOException("ports " + taken + " are taken (--port)");
    }
    var environment = new HashMap<>(Map.of("SIPSCOPE_STORE", settings.store()));
    environment.put("SIPSCOPE_JAVA_OPTS", settings.javaOptions());
    if (settings.store().equals("postgres")) {
      database =
          PostgresServer.start(
              settings.work().resolve("postgres"),
              settings.port() + 3,
              settings.postgres(),
              settings.canBeSlow());
      environment.put("SIPSCOPE_POSTGRES_URL", database.url());
      environment.put("SIPSCOPE_POSTGRES_USER", PostgresServer.USER);
    }
    var folder = Files.createDirectory(settings.work().resolve("node"));
    var place =
        new NodeProcess.Place(folder, settings.port(), settings.port() + 1, settings.port() + 2);
    node = NodeProcess.start(settings.launcher(), environment, place);
  }

  NodeProcess node() {
    return node;
  }

  /// Empty when the store is within the node.
  Optional<PostgresServer> database() {
    return Optional.ofNullable(database);
  }

  /// Stops both in good order. Between the two, the journal is read, where it outlives the node.
  Optional<JournalCheck> end(Complaints complaints)
      throws IOException, SQLException, InterruptedException {
    if (!node.stop()) {
      complaints.add("the node did not stop on SIGTERM");
    }
    var journal = journal();
    if (database != null && !database.stop()) {
      complaints.add("PostgreSQL did not stop on SIGINT");
    }
    var taken = portsTaken();
    if (!taken.isEmpty()) {
      complaints.add("ports " + taken + " are still taken");
    }
    return journal;
  }

  /// Leaves nothing running, whatever happened.
  void kill() {
    if (node != null) {
      node.kill();
    }
    if (database != null) {
      database.kill();
    }
  }

  private Optional<JournalCheck> journal() throws SQLException {
    return switch (settings.store()) {
      case "postgres" -> Optional.of(JournalCheck.of(database.url(), PostgresServer.USER));
      case "h2" ->
          Optional.of(
              JournalCheck.of(
                  "jdbc:h2:file:"
                      + node.place().data().resolve("sipscope")
                      + ";IFEXISTS=TRUE;DATABASE_TO_LOWER=TRUE",
                  "sa"));
      default -> Optional.empty();
    };
  }

  private List<Integer> portsTaken() {
    return IntStream.range(settings.port(), settings.port() + PORTS)
        .filter(port -> !isFree(port))
        .boxed()
        .toList();
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
