package io.sipscope.node.events;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

/// One datagram an event, by UDP.
final class DatagramWire implements Wire {
  private final String host;
  private final int port;
  private DatagramSocket socket;

  DatagramWire(String host, int port) {
    this.host = host;
    this.port = port;
  }

  @Override
  public void send(byte[] payload) throws IOException {
    if (socket == null) {
      socket = new DatagramSocket();
    }
    var address = InetAddress.getByName(host);
    socket.send(new DatagramPacket(payload, payload.length, address, port));
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
