package io.sipscope.node.clients;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.NodeApi;
import io.sipscope.node.TestNode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/// A node with every transport of MI open.
record ClientsNode(TestNode node, Path folder, int datagramPort) implements AutoCloseable {
  static ClientsNode start(Path folder) throws IOException {
    int port = freeUdpPort();
    var settings =
        """
        sipscope.data-dir = "%1$s"
        sipscope.mi.fifo.path = "%1$s/fifo"
        sipscope.mi.fifo.reply-dir = "%1$s"
        sipscope.mi.datagram.host = "127.0.0.1"
        sipscope.mi.datagram.port = %2$d
        sipscope.trace.ids = ["[nobody]uri=hep:127.0.0.1:9;transport=udp;version=3"]
        """
            .formatted(folder, port);
    var node = new ClientsNode(TestNode.start(settings), folder, port);
    NodeApi.eventually(
        () -> {
          assertTrue(Files.exists(node.fifo()), "the FIFO is there");
          return node;
        });
    return node;
  }

  private static int freeUdpPort() throws IOException {
    try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  Path fifo() {
    return folder.resolve("fifo");
  }

  int httpPort() {
    return node.uri("/").getPort();
  }

  PythonOpensips byHttp() {
    return new PythonOpensips.Http(httpPort());
  }

  PythonOpensips byFifo() {
    return new PythonOpensips.Fifo(fifo(), folder);
  }

  PythonOpensips byDatagram() {
    return new PythonOpensips.Datagram(datagramPort);
  }

  @Override
  public void close() {
    node.close();
  }
}
