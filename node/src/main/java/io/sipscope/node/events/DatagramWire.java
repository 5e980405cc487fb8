package io.sipscope.node.events;

import io.sipscope.node.Resolver;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;

/// One datagram an event, by UDP. It is sent once: nobody says that it came, and what is too long
/// stays so.
final class DatagramWire implements Wire {
  private final Resolver resolver;
  private final String host;
  private final int port;
  private DatagramSocket socket;

  DatagramWire(Resolver resolver, String host, int port) {
    this.resolver = resolver;
    this.host = host;
    this.port = port;
  }

  @Override
  public void send(byte[] payload) throws IOException {
    if (socket == null) {
      socket = new DatagramSocket();
    }
    try {
      var address = resolver.address(host);
      socket.send(new DatagramPacket(payload, payload.length, address, port));
    } catch (IOException e) {
      throw Outlet.Refused.because(e);
    }
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
