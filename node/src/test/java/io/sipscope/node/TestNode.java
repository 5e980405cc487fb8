package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;

/// A node in this JVM on free ports.
public final class TestNode extends NodeApi {
  /// No spool either: nodes of several tests would share it.
  private static final String FREE_PORTS =
      """
      sipscope.http.port = 0
      sipscope.hep.udp.port = 0
      sipscope.hep.tcp.port = 0
      sipscope.hep.tls.port = 0
      pekko.remote.artery.canonical.port = 0
      sipscope.ingest.spool.bytes = 0
      """;

  private final Node node;

  private TestNode(Node node) {
    super(node.httpAddress());
    this.node = node;
  }

  /// Starts a node and waits until it is ready.
  ///
  /// @param settings HOCON on top of the defaults and free ports
  public static TestNode start(String settings) {
    var started =
        new TestNode(
            Node.start(
                ConfigFactory.parseString(settings)
                    .withFallback(ConfigFactory.parseString(FREE_PORTS))));
    eventually(
        () -> {
          assertEquals(200, started.get("/ready").statusCode(), "ready");
          return started;
        });
    return started;
  }

  public Node node() {
    return node;
  }

  public void sendUdp(byte[] hep) throws IOException {
    try (var socket = new DatagramSocket()) {
      socket.send(
          new DatagramPacket(
              hep, hep.length, InetAddress.getLoopbackAddress(), node.hepUdpAddress().getPort()));
    }
  }

  public Socket hepTcp() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), node.hepTcpAddress().getPort());
  }

  @Override
  public void close() {
    super.close();
    node.close();
  }
}
