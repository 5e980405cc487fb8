package io.sipscope.bench.chaos;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A PostgreSQL of our own, made of the system's programs (Debian: postgresql), that things are
/// done to.
final class PostgresServer {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  /// Who everything belongs to; without a password, on loopback only.
  static final String USER = "sipscope";

  /// PostgreSQL refuses to run as root; then it runs as nobody.
  static final String NOBODY = "65534";

  /// Recovery after a crash reads the log since the last checkpoint: at most a few gigabytes.
  private static final Duration START = Duration.ofMinutes(2);

  private static final Duration STOP = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 50;

  /// More files than a log that was made small keeps for later use.
  private static final int LOG_FILES = 50;

  private final Path folder;
  private final int port;
  private final Path programs;
  private final List<String> settings;
  private final Optional<Detour> detour;
  private Process postmaster;

  private PostgresServer(
      Path folder, int port, Path programs, List<String> settings, Optional<Detour> detour) {
    this.folder = folder;
    this.port = port;
    this.programs = programs;
    this.settings = settings;
    this.detour = detour;
  }

  /// @param folder is made; everybody may reach it
  /// @param port the next one is taken too when there is a detour
  /// @param settings as `name=value`, on top of its defaults
  static PostgresServer start(Path folder, int port, List<String> settings, boolean byDetour)
      throws IOException, InterruptedException {
    var detour = byDetour ? Optional.of(Detour.start(port + 1, port)) : Optional.<Detour>empty();
    var server = new PostgresServer(folder, port, programs(), settings, detour);
    server.init();
    server.startAgain();
    try {
      server.execute("postgres", "create database sipscope");
    } catch (SQLException e) {
      server.kill();
      throw new IOException(e);
    }
    return server;
  }

  /// What the node is to use.
  String url() {
    return url(port + (detour.isPresent() ? 1 : 0), "sipscope");
  }

  /// Past the detour.
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(port, "sipscope"), USER, "");
  }

  /// Rows of a table.
  long count(String table) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /// SIGKILL to the postmaster and all its children.
  void kill() {
    var family = family();
    family.forEach(ProcessHandle::destroyForcibly);
    family.getFirst().onExit().join();
  }

  /// False when it was killed, or gave up by itself.
  boolean isAlive() {
    return postmaster.isAlive();
  }

  /// SIGSTOP to all of them: connections stay, and nobody answers.
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  /// For the transactions that begin from now on.
  void readOnly(boolean on) throws SQLException {
    execute("sipscope", "alter system set default_transaction_read_only = " + on);
    execute("sipscope", "select pg_reload_conf()");
  }

  /// Begins new files of its log until it cannot; false when it always can.
  boolean endLog() {
    try {
      for (int file = 0; file < LOG_FILES; file++) {
        execute("sipscope", "select txid_current(), pg_switch_wal()");
      }
      return false;
    } catch (SQLException _) {
      return true;
    }
  }

  /// The way of the node to it.
  Detour detour() {
    return detour.orElseThrow();
  }

  /// Starts it, and waits until it answers. Children of one that was killed may still be ending,
  /// which it says and ends itself.
  void startAgain() throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    postmaster = launch();
    while (!answers()) {
      if (System.nanoTime() > end) {
        throw new IOException("PostgreSQL did not start:\n" + Files.readString(log()));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      if (!postmaster.isAlive()) {
        postmaster = launch();
      }
    }
  }

  /// Disconnects everybody and stops (SIGINT), by force if it takes too long.
  ///
  /// @return whether it did so by itself, in time
  boolean stop() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(postmaster.pid())).start().waitFor();
    boolean ended = postmaster.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
    kill();
    if (detour.isPresent()) {
      detour.get().close();
    }
    return ended;
  }

  private void init() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    if (isRoot()) {
      var nobody = folder.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(folder, nobody.lookupPrincipalByName(NOBODY));
    }
    var made =
        new ProcessBuilder(
                asNobody(
                    List.of(
                        programs.resolve("initdb").toString(),
                        "--pgdata=" + data(),
                        "--username=" + USER,
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--locale=C")))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log().toFile()))
            .start()
            .waitFor();
    if (made != 0) {
      throw new IOException("initdb failed:\n" + Files.readString(log()));
    }
  }

  private Process launch() throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                programs.resolve("postgres").toString(),
                "-D",
                data().toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    return new ProcessBuilder(asNobody(command))
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(log().toFile()))
        .start();
  }

  private boolean answers() {
    try {
      execute("postgres", "select 1");
      return true;
    } catch (SQLException _) {
      return false; // not yet
    }
  }

  private void execute(String database, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url(port, database), USER, "");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("kill", "-" + name));
    family().forEach(process -> command.add(Long.toString(process.pid())));
    new ProcessBuilder(command).start().waitFor();
  }

  private List<ProcessHandle> family() {
    return Stream.concat(Stream.of(postmaster.toHandle()), postmaster.descendants()).toList();
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private Path data() {
    return data(folder);
  }

  /// What a volume may be mounted on before it starts.
  static Path data(Path folder) {
    return folder.resolve("data");
  }

  private Path log() {
    return folder.resolve("log");
  }

  private static List<String> asNobody(List<String> command) {
    if (!isRoot()) {
      return command;
    }
    var all =
        new ArrayList<>(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
    all.addAll(command);
    return all;
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /// The newest that is installed.
  private static Path programs() throws IOException {
    try (Stream<Path> versions =
        Files.isDirectory(INSTALLED) ? Files.list(INSTALLED) : Stream.empty()) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(programs -> Files.isExecutable(programs.resolve("initdb")))
          .max(Path::compareTo)
          .orElseThrow(
              () -> new IOException("no PostgreSQL in " + INSTALLED + " (Debian: postgresql)"));
    }
  }
}
