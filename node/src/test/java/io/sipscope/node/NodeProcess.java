package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A node in a process of its own, which may be killed.
public final class NodeProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private static final String LOG = "node.log";

  private final Process process;
  private final Path log;
  private final int httpPort;
  private final int hepPort;
  private final int clusterPort;

  private NodeProcess(Process process, Path log, List<Integer> ports) {
    this.process = process;
    this.log = log;
    httpPort = ports.get(0);
    hepPort = ports.get(1);
    clusterPort = ports.get(2);
  }

  /// Ports for a node: HTTP, HEP, cluster. Free just now.
  public static List<Integer> freePorts() throws IOException {
    var sockets = new ArrayList<ServerSocket>();
    for (int i = 0; i < 3; i++) {
      sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }
    var ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
    for (var socket : sockets) {
      socket.close();
    }
    return ports;
  }

  /// Starts a node and waits until it is ready.
  ///
  /// @param environment as an operator sets it
  public static NodeProcess start(Path folder, List<Integer> ports, Map<String, String> environment)
      throws IOException, InterruptedException {
    return start(folder, ports, environment, List.of());
  }

  /// @param by what the process is started by: a command that takes another as its arguments
  static NodeProcess start(
      Path folder, List<Integer> ports, Map<String, String> environment, List<String> by)
      throws IOException, InterruptedException {
    var node = launch(folder, ports, environment, by);
    node.awaitReady();
    return node;
  }

  static NodeProcess launch(Path folder, List<Integer> ports, Map<String, String> environment)
      throws IOException {
    return launch(folder, ports, environment, List.of());
  }

  private static NodeProcess launch(
      Path folder, List<Integer> ports, Map<String, String> environment, List<String> by)
      throws IOException {
    var log = folder.resolve(LOG);
    var command = new ArrayList<>(by);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("SIPSCOPE_DATA_DIR", folder.resolve("data").toString());
    builder.environment().put("SIPSCOPE_HTTP_PORT", ports.get(0).toString());
    builder.environment().put("SIPSCOPE_HEP_UDP_PORT", ports.get(1).toString());
    builder.environment().put("SIPSCOPE_HEP_TCP_PORT", ports.get(1).toString());
    builder.environment().put("SIPSCOPE_CLUSTER_PORT", ports.get(2).toString());
    builder.environment().putAll(environment);
    return new NodeProcess(builder.start(), log, ports);
  }

  private void awaitReady() throws InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    try (var client = HttpClient.newHttpClient()) {
      while (!isReady(client)) {
        assertTrue(process.isAlive() && System.nanoTime() < end, this::log);
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  private boolean isReady(HttpClient client) throws InterruptedException {
    var request = HttpRequest.newBuilder(api().uri("/ready")).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /// Its API; close it after use.
  NodeApi api() {
    return new NodeApi(new InetSocketAddress(InetAddress.getLoopbackAddress(), httpPort));
  }

  public int hepPort() {
    return hepPort;
  }

  String clusterAddress() {
    return "127.0.0.1:" + clusterPort;
  }

  /// SIGKILL.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// SIGTERM; answers the exit code.
  int terminate() throws InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), this::log);
    return process.exitValue();
  }

  int awaitExit() throws InterruptedException {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), this::log);
    return process.exitValue();
  }

  String log() {
    return log(log.getParent());
  }

  /// What the nodes said that were started in a folder.
  static String log(Path folder) {
    try {
      return Files.readString(folder.resolve(LOG));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
