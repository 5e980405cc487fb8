package io.sipscope.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.sipscope.node.Node;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.Hep3Encoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A node in this JVM, in memory and on free ports.
final class RunningNode implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SETTINGS =
      """
      sipscope.store = memory
      sipscope.http.port = 0
      sipscope.hep.udp.port = 0
      sipscope.hep.tcp.port = 0
      pekko.remote.artery.canonical.port = 0
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Node node = Node.start(ConfigFactory.parseString(SETTINGS));

  static RunningNode start() throws IOException, InterruptedException {
    var started = new RunningNode();
    started.await("/ready", _ -> true);
    return started;
  }

  String url() {
    return "http://127.0.0.1:" + node.httpAddress().getPort();
  }

  int udpPort() {
    return node.hepUdpAddress().getPort();
  }

  int tcpPort() {
    return node.hepTcpAddress().getPort();
  }

  /// Stores messages, and waits until they are.
  void store(List<Hep.Packet> packets) throws IOException, InterruptedException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), tcpPort())) {
      for (var packet : packets) {
        socket.getOutputStream().write(Hep3Encoder.encode(packet).toArray());
      }
    }
    awaitMessages(packets.size());
  }

  void awaitMessages(int count) throws IOException, InterruptedException {
    await("/api/messages?limit=1000", body -> body.path("messages").size() == count);
  }

  interface Condition {
    boolean holds(JsonNode body);
  }

  private void await(String path, Condition condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create(url() + path)).build(), BodyHandlers.ofString());
      if (answer.statusCode() == 200
          && condition.holds(
              answer.body().startsWith("{") ? RemoteNode.JSON.readTree(answer.body()) : null)) {
        return;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(path + " after " + PATIENCE + ": " + answer.body());
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url() + path)).timeout(PATIENCE).build();
    return RemoteNode.JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
  }

  @Override
  public void close() {
    client.close();
    node.close();
  }
}
