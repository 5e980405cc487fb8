package io.sipscope.node.trace;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.Hep3Framing;
import io.sipscope.protocol.hep.HepDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A receiver of HEP over TCP, as good or bad as a test wants it.
final class Receiver implements AutoCloseable {
  private final ServerSocket server;
  private final boolean reads;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Hep.Packet> packets = new CopyOnWriteArrayList<>();

  private Receiver(ServerSocket server, boolean reads) {
    this.server = server;
    this.reads = reads;
    Thread.ofVirtual().start(this::accept);
  }

  /// @param port 0 = any
  static Receiver on(int port) throws IOException {
    return new Receiver(bound(port), true);
  }

  static Receiver by(ServerSocket server) {
    return new Receiver(server, true);
  }

  static Receiver thatNeverReads() throws IOException {
    return new Receiver(bound(0), false);
  }

  private static ServerSocket bound(int port) throws IOException {
    var server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return server;
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return sockets.size();
  }

  List<Hep.Packet> packets() {
    return List.copyOf(packets);
  }

  /// The CSeq number of each message, which is the number it was made with.
  List<Integer> numbers() {
    return packets.stream().map(packet -> number(packet.payload())).toList();
  }

  static int number(Bytes sip) {
    var text = sip.latin1();
    int at = text.indexOf("CSeq: ") + 6;
    return Integer.parseInt(text.substring(at, text.indexOf(' ', at)));
  }

  private void accept() {
    try {
      while (true) {
        var socket = server.accept();
        sockets.add(socket);
        if (reads) {
          Thread.ofVirtual().start(() -> read(socket));
        }
      }
    } catch (IOException e) {
      sockets.forEach(Receiver::close);
    }
  }

  private void read(Socket socket) {
    var framing = new Hep3Framing();
    var buffer = new byte[8192];
    try (var in = socket.getInputStream()) {
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        framing.push(Bytes.of(Arrays.copyOf(buffer, got)));
        while (framing.next() instanceof Hep3Framing.Frame(var frame)) {
          packets.add((Hep.Packet) HepDecoder.decode(frame));
        }
      }
    } catch (IOException e) {
      close(socket);
    }
  }

  /// Breaks its connections off, and accepts more.
  void reset() throws IOException {
    for (var socket : new ArrayList<>(sockets)) {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    sockets.forEach(Receiver::close);
  }
}
