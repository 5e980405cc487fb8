package io.sipscope.ops.replay;

import io.sipscope.protocol.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/// Where messages leave this process.
public sealed interface Outlet extends Closeable permits DatagramOutlet, StreamOutlet {

  static Outlet open(Target.Carrier carrier, InetSocketAddress address) throws IOException {
    return switch (carrier) {
      case UDP -> new DatagramOutlet(address);
      case TCP -> new StreamOutlet(address);
    };
  }

  /// Whether a message can be sent at all; else the reason why not.
  ///
  /// @param sip bytes of the SIP message, inside whatever is sent of it
  boolean fits(int size, int sip);

  /// Sends one message, as fast as it is taken.
  ///
  /// @throws IOException when nothing more can be sent
  void send(Bytes bytes, Tally tally) throws IOException, InterruptedException;

  /// Waits a short while for what the network still has to say of the last messages.
  ///
  /// @throws IOException when some may be lost
  void finish(Tally tally) throws IOException, InterruptedException;
}
