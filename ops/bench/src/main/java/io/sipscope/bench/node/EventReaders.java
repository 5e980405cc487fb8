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

/// An event for every message, told to a number of subscribers by UDP, who count what they get. The
/// event is `E_CORE_THRESHOLD`, whose threshold every message is above.
final class EventReaders implements AutoCloseable {
  static final String GROUP = "events:";

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

  /// A configuration by which every message raises an event, if somebody subscribed.
  static Path written(Path folder) throws IOException {
    return Files.writeString(folder.resolve("events.conf"), "sipscope.thresholds.message = 1ns\n");
  }

  void subscribe(NodeProcess node) throws IOException, InterruptedException {
    for (var socket : sockets) {
      var request =
          """
          {"jsonrpc": "2.0", "id": 1, "method": "event_subscribe",
           "params": ["E_CORE_THRESHOLD", "udp:127.0.0.1:%d", 3600]}
          """
              .formatted(socket.getLocalPort());
      node.post("/mi", BodyPublishers.ofString(request));
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
