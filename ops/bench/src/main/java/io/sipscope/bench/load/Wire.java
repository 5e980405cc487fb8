package io.sipscope.bench.load;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.net.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;

/// Where frames go: a datagram each, or one stream.
sealed interface Wire extends AutoCloseable {

  void send(Bytes frame) throws IOException;

  /// Nothing more comes for the moment: what was gathered goes out.
  void flush() throws IOException;

  @Override
  void close() throws IOException;

  static Wire open(Transport transport, InetSocketAddress target) throws IOException {
    return switch (transport) {
      case UDP -> new Datagrams(DatagramChannel.open().connect(target));
      case TCP -> new Stream(SocketChannel.open(target), ByteBuffer.allocate(Stream.GATHERED));
      case TLS, SCTP, WS, WSS -> throw new IllegalArgumentException("HEP over " + transport);
    };
  }

  /// A datagram the kernel has no room for is waited for: what is lost must be lost at the
  /// receiver.
  record Datagrams(DatagramChannel channel) implements Wire {
    @Override
    public void send(Bytes frame) throws IOException {
      channel.write(ByteBuffer.wrap(frame.array(), frame.offset(), frame.length()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /// @param gathered frames that are not yet sent
  record Stream(SocketChannel channel, ByteBuffer gathered) implements Wire {
    static final int GATHERED = 1 << 18;

    @Override
    public void send(Bytes frame) throws IOException {
      if (gathered.remaining() < frame.length()) {
        flush();
      }
      gathered.put(frame.array(), frame.offset(), frame.length());
    }

    @Override
    public void flush() throws IOException {
      gathered.flip();
      while (gathered.hasRemaining()) {
        channel.write(gathered);
      }
      gathered.clear();
    }

    @Override
    public void close() throws IOException {
      flush();
      channel.close();
    }
  }
}
