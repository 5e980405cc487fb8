package io.sipscope.node.ingest;

import io.sipscope.node.BadSetting;
import io.sipscope.protocol.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The UDP sockets of one port, each read by a platform thread that does nothing else: measured,
/// it keeps up where Pekko's own UDP loses datagrams. With several, the kernel spreads senders
/// over them (SO_REUSEPORT).
final class UdpSockets implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UdpSockets.class);

  /// The largest datagram there is, and more.
  private static final int MAX_DATAGRAM = 65_536;

  /// A socket that fails to read at once is not asked again at full speed.
  private static final long PAUSE_AFTER_FAILURE_NANOS = 10_000_000;

  private final List<DatagramChannel> channels;
  private final List<Thread> readers = new CopyOnWriteArrayList<>();
  private final InetSocketAddress address;
  private final long grantedBuffer;

  private UdpSockets(List<DatagramChannel> channels) throws IOException {
    this.channels = channels;
    this.address = (InetSocketAddress) channels.getFirst().getLocalAddress();
    this.grantedBuffer = channels.getFirst().getOption(StandardSocketOptions.SO_RCVBUF);
  }

  /// @throws BadSetting when the address cannot be bound
  static UdpSockets bind(HepUdpSettings settings) {
    var channels = new ArrayList<DatagramChannel>();
    try {
      var address = new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
      for (int i = 0; i < settings.readers(); i++) {
        var channel = DatagramChannel.open();
        channels.add(channel);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, settings.receiveBuffer());
        if (settings.readers() > 1) {
          channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
        channel.bind(address);
        address = (InetSocketAddress) channel.getLocalAddress();
      }
      var sockets = new UdpSockets(List.copyOf(channels));
      LOG.info(
          "HEP over UDP at {}, receive buffer {} bytes of {} asked for{}",
          sockets.address,
          sockets.grantedBuffer,
          settings.receiveBuffer(),
          sockets.grantedBuffer < settings.receiveBuffer() ? " (see net.core.rmem_max)" : "");
      return sockets;
    } catch (UnknownHostException e) {
      closeAll(channels);
      throw new BadSetting(
          "sipscope.hep.udp.host", settings.host(), "an address or name of this machine");
    } catch (IOException e) {
      closeAll(channels);
      throw new BadSetting(
          "sipscope.hep.udp.port",
          settings.port(),
          "free on " + settings.host() + " (" + e.getMessage() + ")");
    }
  }

  InetSocketAddress address() {
    return address;
  }

  /// Bytes of receive buffer the kernel granted each socket.
  long grantedBuffer() {
    return grantedBuffer;
  }

  /// Reads until closed.
  void read(LongSupplier clock, Consumer<Datagram> each) {
    for (int i = 0; i < channels.size(); i++) {
      var channel = channels.get(i);
      readers.add(
          Thread.ofPlatform()
              .daemon()
              .name("hep-udp-" + i)
              .start(() -> readUntilClosed(channel, clock, each)));
    }
  }

  private static void readUntilClosed(
      DatagramChannel channel, LongSupplier clock, Consumer<Datagram> each) {
    var buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    while (channel.isOpen()) {
      try {
        buffer.clear();
        var sender = (InetSocketAddress) channel.receive(buffer);
        var bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        each.accept(
            new Datagram(Bytes.of(bytes), sender.getAddress().getHostAddress(), clock.getAsLong()));
      } catch (ClosedChannelException closed) {
        return;
      } catch (IOException e) {
        LOG.debug("reading HEP over UDP failed", e);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
      }
    }
  }

  /// When it returns, the last datagram has been handed on.
  @Override
  public void close() {
    closeAll(channels);
    try {
      for (var reader : readers) {
        reader.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeAll(List<DatagramChannel> channels) {
    for (var channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        LOG.debug("closing a UDP socket failed", e);
      }
    }
  }
}
