package io.sipscope.ops;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.sipscope.node.CannotStart;
import io.sipscope.node.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `demo`: one node on an embedded database in the folder `demo` of the data folder, with the
/// sample capture imported, until it is stopped. What is in the folder stays and is there again the
/// next time; a second import of the same capture stores nothing twice.
@Command(
    name = "demo",
    description = "Runs one node with a sample capture in it and says where to look.",
    mixinStandardHelpOptions = true)
final class Demo implements Callable<Integer> {
  private static final String SAMPLE = "/sample/calls.pcap";
  private static final String SHOWN = "answered-1@192.0.2.10";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long POLL_MILLIS = 100;

  @Option(names = "-D", paramLabel = "KEY=VALUE", description = "One setting.")
  private Map<String, String> words = Map.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Failure, InterruptedException, IOException {
    var asked = Settings.of(words);
    var data = checked(asked.withFallback(ConfigFactory.load()));
    var own =
        Map.of(
            "sipscope.store", "h2",
            "sipscope.data-dir", data.toString(),
            "sipscope.cluster.seed-nodes", "",
            "pekko.remote.artery.canonical.port", "0");
    try (var node = Node.start(Settings.of(own).withFallback(asked))) {
      var url = "http://" + hostAndPort(node.httpAddress());
      var imported = imported(url);
      out().println(imported);
      out().println("A ladder:      " + url + "/dialogs/" + RemoteNode.encoded(SHOWN));
      out().println("Every dialog:  " + url + "/");
      out().println("HEP is taken at " + hostAndPort(node.hepUdpAddress()) + " over UDP and TCP.");
      out().println("Kept in " + data + ". Ctrl-C stops.");
      node.whenTerminated().toCompletableFuture().join();
      return 0;
    } catch (CannotStart e) {
      throw new Failure(e.getMessage(), e);
    }
  }

  /// The folder to use; looks first whether the port is free, before a node is started for nothing.
  private static Path checked(Config settings) throws Failure {
    try {
      checkFree(settings.getString("sipscope.http.host"), settings.getInt("sipscope.http.port"));
      return Path.of(settings.getString("sipscope.data-dir"), "demo").toAbsolutePath().normalize();
    } catch (ConfigException e) {
      throw new Failure(e.getMessage(), e);
    }
  }

  private static void checkFree(String host, int port) throws Failure {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw new Failure(
          "port "
              + port
              + " of "
              + host
              + " is taken, perhaps by another demo: stop that, or choose a port with"
              + " SIPSCOPE_HTTP_PORT",
          e);
    }
  }

  private static String imported(String url) throws Failure, InterruptedException, IOException {
    try (var remote = new RemoteNode(URI.create(url));
        InputStream sample = Demo.class.getResourceAsStream(SAMPLE)) {
      if (sample == null) {
        throw new IllegalStateException(SAMPLE + " is not on the class path");
      }
      awaitReady(remote);
      var answer =
          remote.post(
              "/api/captures",
              "application/octet-stream",
              BodyPublishers.ofByteArray(sample.readAllBytes()));
      if (!answer.succeeded()) {
        throw new Failure("the sample capture was not imported: " + answer.problem());
      }
      return "The sample capture is in: %d messages in %d dialogs, %d of them known before."
          .formatted(
              answer.body().path("messages").asLong(),
              answer.body().path("dialogs").asLong(),
              answer.body().path("duplicates").asLong());
    }
  }

  private static void awaitReady(RemoteNode remote) throws Failure, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!remote.get("/ready", PATIENCE).succeeded()) {
      if (System.nanoTime() > end) {
        throw new Failure("the node was not ready after " + PATIENCE.toSeconds() + " s");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private static String hostAndPort(InetSocketAddress address) {
    var host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
