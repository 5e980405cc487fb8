package io.sipscope.node.ingest;

import io.sipscope.node.BadSetting;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The UDP sockets of one port, each with a [UdpReader]: measured, it keeps up where Pekko's own
/// UDP loses datagrams. With several, the kernel spreads senders over them (SO_REUSEPORT).
final class UdpSockets implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UdpSockets.class);

  private final List<UdpReader> readers;
  private final InetSocketAddress address;
  private final long grantedBuffer;

  private UdpSockets(List<DatagramChannel> channels) throws IOException {
    this.address = (InetSocketAddress) channels.getFirst().getLocalAddress();
    this.grantedBuffer = channels.getFirst().getOption(StandardSocketOptions.SO_RCVBUF);
    var readers = new ArrayList<UdpReader>();
    for (var channel : channels) {
      readers.add(UdpReader.of(channel, grantedBuffer));
    }
    this.readers = List.copyOf(readers);
  }

  /// A socket for both families would be listed in `/proc/net/udp6` with an address of IPv4 in it,
  /// where `opensips-cli diagnose load` does not look for what waits in the kernel. The wildcard
  /// stays open to both.
  private static DatagramChannel open(InetAddress address) throws IOException {
    return address instanceof Inet4Address && !address.isAnyLocalAddress()
        ? DatagramChannel.open(StandardProtocolFamily.INET)
        : DatagramChannel.open();
  }

  /// @throws BadSetting when the address cannot be bound
  static UdpSockets bind(HepUdpSettings settings) {
    var channels = new ArrayList<DatagramChannel>();
    try {
      var address = new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
      for (int i = 0; i < settings.readers(); i++) {
        var channel = open(address.getAddress());
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

  /// Reads until closed, and passes on batches, those of each socket in the order they came.
  void read(LongSupplier clock, Consumer<List<Datagram>> each) {
    for (int i = 0; i < readers.size(); i++) {
      readers.get(i).start("hep-udp-" + i, clock, each);
    }
  }

  /// Nanoseconds they were read for so far.
  long busyNanos() {
    return readers.stream().mapToLong(UdpReader::busyNanos).sum();
  }

  /// When it returns, the last datagram has been passed on.
  @Override
  public void close() {
    readers.forEach(UdpReader::close);
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
