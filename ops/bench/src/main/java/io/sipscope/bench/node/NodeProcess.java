package io.sipscope.bench.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A node under measurement, started by the launcher in a folder of its own, which goes with it. It
/// can be killed and started again there.
public final class NodeProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 100;
  private final ProcessBuilder builder;
  private final Place place;
  private volatile Process process;
  private final AtomicInteger starts = new AtomicInteger(1);
  private volatile HttpClient client = HttpClient.newHttpClient();

  /// @param folder for its data and its log
  /// @param hep for UDP and TCP
  public record Place(Path folder, int http, int hep, int cluster) {
    static Place anywhere() throws IOException {
      return new Place(
          Files.createTempDirectory("sipscope-bench-"), freePort(), freePort(), freePort());
    }

    public Path data() {
      return folder.resolve("data");
    }

    public Path log() {
      return folder.resolve("log");
    }
  }

  private NodeProcess(ProcessBuilder builder, Place place) throws IOException {
    this.builder = builder;
    this.place = place;
    process = builder.start();
  }

  /// Starts a node and waits until it is ready.
  ///
  /// @param launcher `ops/sipscope`
  /// @param environment such as SIPSCOPE_STORE, on top of this process's
  public static NodeProcess start(Path launcher, Map<String, String> environment)
      throws IOException, InterruptedException {
    return start(launcher, environment, Place.anywhere());
  }

  public static NodeProcess start(Path launcher, Map<String, String> environment, Place place)
      throws IOException, InterruptedException {
    return start(launcher, environment, place, List.of());
  }

  /// @param options more of the launcher's
  public static NodeProcess start(
      Path launcher, Map<String, String> environment, Place place, List<String> options)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                launcher.toString(),
                "serve",
                "-Dsipscope.http.port=" + place.http(),
                "-Dsipscope.hep.udp.port=" + place.hep(),
                "-Dsipscope.hep.tcp.port=" + place.hep(),
                "-Dpekko.remote.artery.canonical.port=" + place.cluster(),
                "-Dsipscope.data-dir=" + place.data()));
    command.addAll(options);
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(place.log().toFile()));
    builder.environment().putAll(environment);
    var node = new NodeProcess(builder, place);
    try {
      node.awaitReady();
      return node;
    } catch (IOException e) {
      node.close();
      throw e;
    }
  }

  /// `kill -9`: nothing is finished, nothing is said.
  public void kill() {
    process.destroyForcibly().onExit().join();
    client.shutdownNow();
  }

  /// Starts what was killed, with its data, and waits until it is ready.
  public void startAgain() throws IOException, InterruptedException {
    client = HttpClient.newHttpClient();
    starts.incrementAndGet();
    process = builder.start();
    awaitReady();
  }

  /// Which of its lives this is, from 1.
  public int starts() {
    return starts.get();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public Place place() {
    return place;
  }

  public InetSocketAddress hep() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), place.hep());
  }

  public ProcFiles proc() {
    return new ProcFiles(process.pid());
  }

  /// Every counter of the ingest, by its name without the group.
  public SortedMap<String, Long> ingest() throws IOException, InterruptedException {
    return statistics("ingest:");
  }

  /// Every statistic of a group, by its name without the group.
  ///
  /// @param group with its colon
  public SortedMap<String, Long> statistics(String group) throws IOException, InterruptedException {
    var counters = new TreeMap<String, Long>();
    var request =
        """
        {"jsonrpc": "2.0", "id": 1, "method": "get_statistics", "params": {"statistics": ["%s"]}}
        """
            .formatted(group);
    post("/mi", BodyPublishers.ofString(request))
        .path("result")
        .properties()
        .forEach(e -> counters.put(e.getKey().replace(group, ""), e.getValue().asLong()));
    return counters;
  }

  public JsonNode post(String path, BodyPublisher body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json").POST(body);
    var response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(path + " answered " + response.statusCode() + " " + response.body());
    }
    return new ObjectMapper().readTree(response.body());
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("The node did not get ready:\n" + Files.readString(place.log()));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /// What it answers, whatever that is.
  public HttpResponse<String> get(String path, Duration timeout)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).timeout(timeout).build(), BodyHandlers.ofString());
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get("/ready", START).statusCode() == 200;
    } catch (IOException _) {
      return false; // nobody listens yet
    }
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + place.http() + path);
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

  /// Stops it as SIGTERM does, and waits until it ended.
  ///
  /// @return whether it did so by itself, in time
  public boolean stop() {
    client.shutdownNow();
    process.destroy();
    process.onExit().completeOnTimeout(process, STOP.toSeconds(), TimeUnit.SECONDS).join();
    boolean ended = !process.isAlive();
    process.destroyForcibly().onExit().join();
    return ended;
  }

  @Override
  public void close() throws IOException {
    stop();
    try (Stream<Path> files = Files.walk(place.folder())) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
