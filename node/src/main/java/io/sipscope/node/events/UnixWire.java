package io.sipscope.node.events;

import io.sipscope.node.linux.CallFailed;
import io.sipscope.node.linux.UnixDatagrams;
import java.io.IOException;
import java.nio.file.Path;

/// One datagram an event, to a datagram socket in the file system.
final class UnixWire implements Wire {
  /// `EMSGSIZE`: it stays so however often it is sent.
  private static final int TOO_LONG = 90;

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
    } catch (CallFailed e) {
      throw e.errno() == TOO_LONG ? Outlet.Refused.because(e) : e;
    }
  }

  @Override
  public void close() {}
}
