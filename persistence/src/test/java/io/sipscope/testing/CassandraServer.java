package io.sipscope.testing;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A real Cassandra for tests: one node in a process of its own, made of the jars that Maven
/// fetched for it, on the loopback interface only, and gone with the JVM. What it acknowledged is
/// on the disk: its commit log is synced before each answer.
public final class CassandraServer implements AutoCloseable {
  /// What a node that was told nothing else calls its datacenter.
  public static final String DATACENTER = "datacenter1";

  /// A table takes a megabyte of it, a keyspace has ten, and a run of all tests eighty keyspaces.
  private static final String HEAP = "-Xmx1500m";

  private static final int START_ATTEMPTS = 1800;
  private static final int ATTEMPT_MILLIS = 100;
  private static final AtomicInteger KEYSPACES = new AtomicInteger();

  /// Written by Maven, beside the test classes.
  private static final String CLASS_PATH = "../cassandra-server.classpath";

  private static final String YAML =
      """
      cluster_name: test
      num_tokens: 1
      partitioner: org.apache.cassandra.dht.Murmur3Partitioner
      endpoint_snitch: SimpleSnitch
      listen_address: 127.0.0.1
      rpc_address: 127.0.0.1
      native_transport_port: {cql}
      storage_port: {storage}
      seed_provider:
        - class_name: org.apache.cassandra.locator.SimpleSeedProvider
          parameters: [{seeds: "127.0.0.1:{storage}"}]
      data_file_directories: [{folder}/data]
      commitlog_directory: {folder}/commitlog
      saved_caches_directory: {folder}/saved_caches
      hints_directory: {folder}/hints
      cdc_raw_directory: {folder}/cdc_raw
      commitlog_sync: batch
      commitlog_segment_size: 8MiB
      memtable_heap_space: 64MiB
      memtable_offheap_space: 64MiB
      concurrent_compactors: 1
      auto_snapshot: false
      """;

  private static final String LOGBACK =
      """
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{20} %msg%n</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="OUT"/></root>
      </configuration>
      """;

  /// What Cassandra's own start script opens to it, for Java 11 and 17.
  private static final List<String> EXPORTS =
      List.of(
          "java.base/jdk.internal.misc",
          "java.base/jdk.internal.ref",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.sql/java.sql",
          "java.base/java.lang.ref");

  private static final List<String> OPENS =
      List.of(
          "java.base/java.lang.module",
          "java.base/java.net",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.util.jar",
          "jdk.management/com.sun.management.internal",
          "java.base/sun.nio.ch",
          "java.base/java.io",
          "java.base/java.lang",
          "java.base/java.lang.reflect",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/java.nio",
          "java.rmi/sun.rmi.transport.tcp");

  private final Path folder;
  private final List<String> command;
  private final int port;
  private Process process;

  private CassandraServer(Path folder, List<String> command, int port) throws IOException {
    this.folder = folder;
    this.command = List.copyOf(command);
    this.port = port;
    this.process = launched();
  }

  /// One server for all tests of this JVM.
  public static CassandraServer shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final CassandraServer SERVER = start();
  }

  public static CassandraServer start() {
    try {
      var folder = Files.createTempDirectory("sipscope-cassandra-");
      int port = freePort();
      var server = new CassandraServer(folder, command(folder, port), port);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-cassandra"));
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A name that no keyspace has yet.
  public String newKeyspace() {
    return "test" + KEYSPACES.incrementAndGet();
  }

  /// Where clients connect, `host:port`.
  public String contactPoint() {
    return "127.0.0.1:" + port;
  }

  /// Runs one statement after the other.
  public void execute(String... statements) {
    try (var session = session()) {
      for (var statement : statements) {
        session.execute(statement);
      }
    }
  }

  /// The first value that a query answers, as text.
  public String ask(String query) {
    try (var session = session()) {
      return String.valueOf(session.execute(query).one().getObject(0));
    }
  }

  private CqlSession session() {
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .withLocalDatacenter(DATACENTER)
        .build();
  }

  /// The process id of the server, for tests that pause or kill it.
  public synchronized long pid() {
    return process.pid();
  }

  /// Ends it at once, as a power cut would; its files stay until [#close].
  public synchronized void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Starts it again on what its files hold.
  public synchronized void startAgain() {
    try {
      process = launched();
      awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    kill();
    try {
      if (Files.exists(folder)) {
        PgBinaries.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path folder, int port) throws IOException {
    var java =
        CassandraJava.home()
            .orElseThrow(() -> new IllegalStateException("no Java for Cassandra is installed"));
    var yaml =
        YAML.replace("{cql}", Integer.toString(port))
            .replace("{storage}", Integer.toString(freePort()))
            .replace("{folder}", folder.toString());
    Files.writeString(folder.resolve("cassandra.yaml"), yaml);
    Files.writeString(folder.resolve("logback.xml"), LOGBACK);
    var jars = jars();
    var command = new ArrayList<String>();
    command.add(java.resolve("bin/java").toString());
    command.addAll(List.of("-Xms256m", HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    EXPORTS.forEach(name -> command.add("--add-exports=" + name + "=ALL-UNNAMED"));
    OPENS.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
    command.add("-javaagent:" + jamm(jars));
    command.add("-Djdk.attach.allowAttachSelf=true");
    command.add("-Dcassandra.config=file://" + folder.resolve("cassandra.yaml"));
    command.add("-Dcassandra.storagedir=" + folder);
    command.add("-Dlogback.configurationFile=" + folder.resolve("logback.xml"));
    command.add("-Dcassandra-foreground=yes");
    command.add("-Dcassandra.jmx.local.port=" + freePort());
    command.add("-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")));
    command.add("-Dcassandra.skip_wait_for_gossip_to_settle=0");
    command.add("-Dcassandra.ring_delay_ms=100");
    command.add("-Dcassandra.superuser_setup_delay_ms=0");
    command.addAll(List.of("-cp", jars, "org.apache.cassandra.service.CassandraDaemon"));
    return command;
  }

  private static String jars() throws IOException {
    var here = CassandraServer.class.getProtectionDomain().getCodeSource().getLocation();
    var file = Path.of(here.getPath()).resolve(CLASS_PATH).normalize();
    if (!Files.exists(file)) {
      throw new IllegalStateException(file + " is missing: Maven writes it before the tests");
    }
    return Files.readString(file).strip();
  }

  private static String jamm(String jars) {
    return Arrays.stream(jars.split(":", -1))
        .filter(jar -> jar.contains("/jamm-"))
        .findFirst()
        .orElseThrow();
  }

  private Process launched() throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private Path log() {
    return folder.resolve("cassandra.log");
  }

  private void awaitReady() throws IOException {
    IOException last = null;
    for (int attempt = 0; attempt < START_ATTEMPTS && process.isAlive(); attempt++) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return;
      } catch (IOException e) {
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
    throw new IllegalStateException("Cassandra did not start:\n" + said, last);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
