package io.sipscope.bench.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// Two events for every message, told to a number of subscribers by UDP, who count what they get:
/// `E_CORE_THRESHOLD`, whose threshold every message is above, and which has the whole message in
/// it, and one that a policy script raises, which is short.
final class EventReaders implements AutoCloseable {
  static final String GROUP = "events:";

  private static final String SCRIPT =
      """
      loadmodule "event_route.so"
      route {
          $avp(name) = "method";
          $avp(value) = $rm;
          raise_event("E_SCRIPT_MSG", $avp(name), $avp(value));
      }
      onreply_route {
          $avp(name) = "status";
          $avp(value) = $rs;
          raise_event("E_SCRIPT_MSG", $avp(name), $avp(value));
      }
      """;

  private static final int LARGEST = 65_535;

  /// What a reader that is not scheduled for a moment still gets, in bytes.
  private static final int BUFFER = 8 << 20;

  private final List<DatagramSocket> sockets = new ArrayList<>();
  private final LongAdder received = new LongAdder();

  EventReaders(int number) throws IOException {
    for (int i = 0; i < number; i++) {
      var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      socket.setReceiveBufferSize(BUFFER);
      sockets.add(socket);
      Thread.ofPlatform().daemon().name("event-reader").start(() -> read(socket));
    }
  }

  private void read(DatagramSocket socket) {
    var packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    try {
      while (true) {
        packet.setLength(LARGEST);
        socket.receive(packet);
        received.increment();
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// A configuration by which every message raises its events, if somebody subscribed.
  static Path written(Path folder) throws IOException {
    var script = Files.writeString(folder.resolve("events.cfg"), SCRIPT);
    return Files.writeString(
        folder.resolve("events.conf"),
        """
        sipscope.thresholds.message = 1ns
        sipscope.script.file = "%s"
        """
            .formatted(script));
  }

  void subscribe(NodeProcess node) throws IOException, InterruptedException {
    for (var socket : sockets) {
      for (var event : new String[] {"E_CORE_THRESHOLD", "E_SCRIPT_MSG"}) {
        var request =
            """
            {"jsonrpc": "2.0", "id": 1, "method": "event_subscribe",
             "params": ["%s", "udp:127.0.0.1:%d", 3600]}
            """
                .formatted(event, socket.getLocalPort());
        node.post("/mi", BodyPublishers.ofString(request));
      }
    }
  }

  long received() {
    return received.sum();
  }

  @Override
  public void close() {
    sockets.forEach(DatagramSocket::close);
  }
}
