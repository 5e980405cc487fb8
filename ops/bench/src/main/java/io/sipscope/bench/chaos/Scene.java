package io.sipscope.bench.chaos;

import io.sipscope.bench.node.NodeProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// A node and, where its store is one, a PostgreSQL: started together, ended together, also when
/// this process is interrupted.
final class Scene {
  /// HTTP, HEP, the cluster, PostgreSQL, and a detour to that.
  private static final int PORTS = 5;

  /// Of a disk that is to be filled, mebibytes: room for some minutes of load, soon full.
  private static final int VOLUME = 512;

  /// Keeps the log of PostgreSQL well below that.
  private static final String SMALL_LOG = "max_wal_size=96MB";

  private static final String ROOT = "0";

  /// A connection that is broken off takes its port a moment longer.
  private static final Duration PORTS_FREE = Duration.ofSeconds(5);

  private static final long POLL_MILLIS = 50;

  private final Settings settings;
  private final Thread hook = new Thread(this::kill);
  private final List<Volume> volumes = new ArrayList<>();
  private Volume storeVolume;
  private Volume nodeVolume;
  private PostgresServer database;
  private NodeProcess node;

  /// @param store `postgres`, `h2` or `memory`
  /// @param work everything is in this folder
  /// @param port the first of those it takes
  /// @param postgres settings of PostgreSQL, as `name=value`
  /// @param faults that are going to happen: some have to be prepared for
  record Settings(
      Path launcher,
      String store,
      Path work,
      int port,
      String javaOptions,
      List<String> postgres,
      List<Fault> faults) {}

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
      database = postgres();
      environment.put("SIPSCOPE_POSTGRES_URL", database.url());
      environment.put("SIPSCOPE_POSTGRES_USER", PostgresServer.USER);
    }
    var folder = Files.createDirectory(settings.work().resolve("node"));
    var place =
        new NodeProcess.Place(folder, settings.port(), settings.port() + 1, settings.port() + 2);
    if (settings.faults().contains(Fault.SPOOL_FULL)) {
      nodeVolume = mount(place.data(), ROOT);
    }
    if (settings.faults().contains(Fault.DISK_FULL) && settings.store().equals("h2")) {
      storeVolume = mount(place.data(), ROOT);
    }
    node = NodeProcess.start(settings.launcher(), environment, place);
  }

  private PostgresServer postgres() throws IOException, InterruptedException {
    var folder = settings.work().resolve("postgres");
    var options = new ArrayList<String>();
    if (settings.faults().contains(Fault.DISK_FULL) || settings.faults().contains(Fault.LOG_FULL)) {
      storeVolume = mount(PostgresServer.data(folder), PostgresServer.NOBODY);
      options.add(SMALL_LOG);
    }
    options.addAll(settings.postgres());
    boolean byDetour = settings.faults().stream().anyMatch(Fault::needsDetour);
    return PostgresServer.start(folder, settings.port() + 3, options, byDetour);
  }

  private Volume mount(Path folder, String owner) throws IOException, InterruptedException {
    var volume = Volume.mount(folder, VOLUME, owner);
    volumes.add(volume);
    return volume;
  }

  NodeProcess node() {
    return node;
  }

  /// Empty when the store is within the node.
  Optional<PostgresServer> database() {
    return Optional.ofNullable(database);
  }

  /// What the store is on.
  Volume storeVolume() {
    return storeVolume;
  }

  /// What the node has its data on, its spool among them.
  Volume nodeVolume() {
    return nodeVolume;
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
    long end = System.nanoTime() + PORTS_FREE.toNanos();
    while (!portsTaken().isEmpty() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
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
    for (var volume : volumes) {
      try {
        volume.unmount();
      } catch (IOException e) {
        System.err.println("chaos: " + e.getMessage());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
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
