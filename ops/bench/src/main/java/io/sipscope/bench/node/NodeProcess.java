package io.sipscope.bench.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A node under measurement, started by the launcher in a folder of its own, which goes with it.
public final class NodeProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 200;
  private static final String STATISTICS =
      """
      {"jsonrpc": "2.0", "id": 1, "method": "get_statistics", "params": {"statistics": ["ingest:"]}}
      """;

  private final Process process;
  private final Path folder;
  private final int httpPort;
  private final int hepPort;
  private final HttpClient client = HttpClient.newHttpClient();

  private NodeProcess(Process process, Path folder, int httpPort, int hepPort) {
    this.process = process;
    this.folder = folder;
    this.httpPort = httpPort;
    this.hepPort = hepPort;
  }

  /// Starts a node and waits until it is ready.
  ///
  /// @param launcher `ops/sipscope`
  /// @param environment such as SIPSCOPE_STORE, on top of this process's
  public static NodeProcess start(Path launcher, Map<String, String> environment)
      throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("sipscope-bench-");
    int http = freePort();
    int hep = freePort();
    var command =
        new ArrayList<>(
            List.of(
                launcher.toString(),
                "serve",
                "-Dsipscope.http.port=" + http,
                "-Dsipscope.hep.udp.port=" + hep,
                "-Dsipscope.hep.tcp.port=" + hep,
                "-Dpekko.remote.artery.canonical.port=" + freePort(),
                "-Dsipscope.data-dir=" + folder.resolve("data")));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().putAll(environment);
    var node = new NodeProcess(builder.start(), folder, http, hep);
    node.awaitReady();
    return node;
  }

  public InetSocketAddress hep() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), hepPort);
  }

  public ProcFiles proc() {
    return new ProcFiles(process.pid());
  }

  /// Every counter of the ingest, by its name without the group.
  public SortedMap<String, Long> ingest() throws IOException, InterruptedException {
    var counters = new TreeMap<String, Long>();
    post("/mi", BodyPublishers.ofString(STATISTICS))
        .path("result")
        .properties()
        .forEach(e -> counters.put(e.getKey().replace("ingest:", ""), e.getValue().asLong()));
    return counters;
  }

  public JsonNode post(String path, BodyPublisher body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json").POST(body);
    var response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(path + " answered " + response.statusCode() + " " + response.body());
    }
    return new ObjectMapper().readTree(response.body());
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        var log = Files.readString(folder.resolve("log"));
        close();
        throw new IOException("The node did not get ready:\n" + log);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(uri("/ready")).build(), BodyHandlers.ofString());
      return response.statusCode() == 200;
    } catch (IOException _) {
      return false; // nobody listens yet
    }
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + httpPort + path);
  }

  private static int freePort() throws IOException {
    while (true) {
      try (var tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          var udp = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress())) {
        return udp.getLocalPort();
      } catch (java.net.BindException _) {
        // free for TCP and taken for UDP: the next
      }
    }
  }

  @Override
  public void close() throws IOException {
    client.shutdownNow();
    process.destroy();
    process.onExit().completeOnTimeout(process, STOP.toSeconds(), TimeUnit.SECONDS).join();
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
