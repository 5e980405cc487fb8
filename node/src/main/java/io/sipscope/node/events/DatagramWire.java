package io.sipscope.node.events;

import io.sipscope.node.Names;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;

/// One datagram an event, by UDP.
final class DatagramWire implements Wire {
  private final Names names;
  private final String host;
  private final int port;
  private DatagramSocket socket;

  DatagramWire(Names names, String host, int port) {
    this.names = names;
    this.host = host;
    this.port = port;
  }

  @Override
  public void send(byte[] payload) throws IOException {
    if (socket == null) {
      socket = new DatagramSocket();
    }
    var address = names.address(host);
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
