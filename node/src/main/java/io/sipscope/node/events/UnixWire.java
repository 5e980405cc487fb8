package io.sipscope.node.events;

import java.io.IOException;

/// One datagram an event, to a datagram socket in the file system.
final class UnixWire implements Wire {
  private final String path;

  UnixWire(String path) {
    this.path = path;
  }

  @Override
  public void send(byte[] payload) throws IOException {
    UnixDatagram.send(path, payload);
  }

  @Override
  public void close() {}
}
