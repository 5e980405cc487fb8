package io.sipscope.node.trace;

import io.sipscope.node.Resolver;
import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.protocol.Bytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// HEP or plain SIP by UDP: a datagram for each message. Nobody acknowledges them; what the network
/// or the receiver loses is not known here. A port that nobody listens on is no failure either: the
/// socket is not connected, so that the kernel does not tell.
final class Datagrams implements Delivery {
  /// A name may come to mean another address.
  private static final Duration RESOLVED = Duration.ofMinutes(1);

  private final Resolver resolver;
  private final String host;
  private final int port;
  private final Function<TracedMessage, Bytes> encoded;
  private DatagramChannel channel;
  private InetSocketAddress address;
  private long resolvedAt;

  private final OneByOne messages = new OneByOne();

  /// @param encoded empty when it cannot be one datagram
  Datagrams(Resolver resolver, String host, int port, Function<TracedMessage, Bytes> encoded) {
    this.resolver = resolver;
    this.host = host;
    this.port = port;
    this.encoded = encoded;
  }

  @Override
  public void open() throws Away {
    try {
      if (channel == null || !channel.isOpen()) {
        channel = DatagramChannel.open();
      }
      if (address == null || System.nanoTime() - resolvedAt > RESOLVED.toNanos()) {
        address = Hosts.resolved(resolver, host, port);
        resolvedAt = System.nanoTime();
      }
    } catch (IOException e) {
      throw new Away(Away.said(e), e);
    }
  }

  @Override
  public int deliver(List<TracedMessage> batch) throws Away {
    open();
    try {
      return messages.deliver(batch, this::send);
    } catch (IOException e) {
      address = null;
      throw new Away("it cannot be sent to: " + Away.said(e), e);
    }
  }

  private boolean send(TracedMessage message) throws IOException {
    var datagram = encoded.apply(message);
    if (datagram.isEmpty()) {
      return false;
    }
    channel.send(ByteBuffer.wrap(datagram.array(), datagram.offset(), datagram.length()), address);
    return true;
  }

  /// Nothing here waits for anybody.
  @Override
  public void abort() {}

  @Override
  public void close() {
    Closing.of(channel);
  }
}
