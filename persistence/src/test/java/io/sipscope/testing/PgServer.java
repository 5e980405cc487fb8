package io.sipscope.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL for tests, with nothing to install: it listens on the loopback interface only
/// and is gone with the JVM. As PostgreSQL refuses to run as root, a root user steps down by the
/// first of `unshare`, `setpriv` and `runuser` that this machine allows.
public final class PgServer implements AutoCloseable {
  /// Who owns every database; no password is asked for.
  public static final String USER = "postgres";

  private static final String NOBODY = "65534";
  private static final int START_ATTEMPTS = 1200;
  private static final int ATTEMPT_MILLIS = 50;
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path folder;
  private final List<String> command;
  private final int port;
  private Process process;

  private PgServer(Path folder, List<String> command, int port) throws IOException {
    this.folder = folder;
    this.command = List.copyOf(command);
    this.port = port;
    this.process = launched();
  }

  /// One server for all tests of this JVM.
  public static PgServer shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    // A server that is thrown away needs not survive a power cut.
    static final PgServer SERVER = start("fsync=off");
  }

  /// Starts a server, with further settings of postgresql.conf.
  public static PgServer start(String... settings) {
    try {
      return starting(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The URL of a new, empty database.
  public String newDatabase() {
    var name = "test" + DATABASES.incrementAndGet();
    try (var connection = DriverManager.getConnection(url("postgres"), USER, "");
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
      return url(name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return port;
  }

  /// The process id of the server, for tests that pause or kill it.
  public synchronized long pid() {
    return process.pid();
  }

  /// Stops all of its processes where they are: it accepts connections and answers nothing.
  public synchronized void hang() {
    signalAll("-STOP");
  }

  /// Lets it go on after [#hang].
  public synchronized void goOn() {
    signalAll("-CONT");
  }

  private void signalAll(String name) {
    var command = new ArrayList<>(List.of("kill", name, Long.toString(process.pid())));
    process.descendants().map(child -> Long.toString(child.pid())).forEach(command::add);
    try {
      new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Starts it again on what its files hold, after [#stop] or a kill.
  public synchronized void startAgain() {
    try {
      process.waitFor();
      process = launched();
      awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Lets the server end, as an operator would; its files stay until [#close].
  public synchronized void stop() {
    try {
      if (process.isAlive()) {
        signal("-INT");
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          signal("-QUIT");
          process.waitFor(10, TimeUnit.SECONDS);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    stop();
    try {
      if (Files.exists(folder)) {
        PgBinaries.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
  }

  private static PgServer starting(String... settings) throws IOException {
    var binaries = PgBinaries.unpacked().resolve("bin");
    var folder =
        PgBinaries.openFolder(Path.of(System.getProperty("java.io.tmpdir")), "sipscope-pg-");
    var data = Files.createDirectory(folder.resolve("data")).toString();
    var as = stepDown(folder);
    run(
        folder,
        as,
        List.of(
            binaries.resolve("initdb").toString(),
            "--pgdata=" + data,
            "--username=" + USER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync"));
    int port = freePort();
    var command = new ArrayList<>(as);
    command.addAll(List.of(binaries.resolve("postgres").toString(), "-D", data));
    command.addAll(List.of("-p", Integer.toString(port)));
    command.addAll(List.of("-c", "listen_addresses=127.0.0.1"));
    command.addAll(List.of("-c", "unix_socket_directories="));
    for (var setting : settings) {
      command.addAll(List.of("-c", setting));
    }
    var server = new PgServer(folder, command, port);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-postgres"));
    server.awaitReady();
    return server;
  }

  private Process launched() throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private Path log() {
    return folder.resolve("postgres.log");
  }

  private void awaitReady() throws IOException {
    SQLException last = null;
    for (int attempt = 0; attempt < START_ATTEMPTS && process.isAlive(); attempt++) {
      try (var connection = DriverManager.getConnection(url("postgres"), USER, "")) {
        if (connection.isValid(1)) {
          return;
        }
      } catch (SQLException e) {
        last = e;
      }
      try {
        process.waitFor(ATTEMPT_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    var said = Files.readString(log());
    close();
    throw new IllegalStateException("PostgreSQL did not start:\n" + said, last);
  }

  /// What to put before a command so that it does not run as root; nothing for other users.
  private static List<String> stepDown(Path folder) throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    if (works(List.of("unshare", "--user"))) {
      return List.of("unshare", "--user");
    }
    var others =
        List.of(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"),
            List.of("runuser", "-u", "nobody", "--"));
    for (var prefix : others) {
      if (works(prefix)) {
        run(folder, List.of(), List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()));
        return prefix;
      }
    }
    throw new IllegalStateException(
        "root, and none of unshare, setpriv and runuser works: apt-get install util-linux");
  }

  private static boolean works(List<String> prefix) {
    var command = new ArrayList<>(prefix);
    command.add("true");
    try {
      var probe = new ProcessBuilder(command).redirectErrorStream(true).start();
      probe.getInputStream().readAllBytes();
      return probe.waitFor() == 0;
    } catch (IOException e) {
      return false; // the program is not there
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void run(Path folder, List<String> as, List<String> command) throws IOException {
    var all = new ArrayList<>(as);
    all.addAll(command);
    var process =
        new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(all + " failed:\n" + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
