package io.sipscope.node.events;

import io.sipscope.node.linux.UnixDatagrams;
import java.io.IOException;
import java.nio.file.Path;

/// One datagram an event, to a datagram socket in the file system.
final class UnixWire implements Wire {
  private final String path;

  UnixWire(String path) {
    this.path = path;
  }

  @Override
  public void send(byte[] payload) throws IOException {
    try (var socket = UnixDatagrams.connected(Path.of(path))) {
      if (!socket.send(payload)) {
        throw new IOException(path + " has no room for it");
      }
    }
  }

  @Override
  public void close() {}
}
