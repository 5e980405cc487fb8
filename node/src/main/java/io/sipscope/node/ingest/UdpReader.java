package io.sipscope.node.ingest;

import io.sipscope.node.agents.Peer;
import io.sipscope.protocol.Bytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one UDP socket on a platform thread that does nothing else.
///
/// What comes first is passed on at once. Then the socket is left alone for a moment, and emptied:
/// to wake a thread for every datagram, and the stream behind it, costs more than to decode it.
final class UdpReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UdpReader.class);

  /// The largest datagram there is, and more.
  private static final int MAX_DATAGRAM = 65_536;

  /// Datagrams passed on at once: enough to make a stream step cheap, few enough to be fair.
  static final int MOST_AT_ONCE = 128;

  /// In which 60 datagrams come at 30,000 a second.
  private static final long LONGEST_PAUSE_NANOS = 2_000_000;

  /// Batches read at most when the end has come: more than a receive buffer of 32 MiB holds.
  private static final int LAST_BATCHES = 256;

  /// A socket that fails to read at once is not asked again at full speed.
  private static final long PAUSE_AFTER_FAILURE_NANOS = 10_000_000;

  private final DatagramChannel channel;
  private final Selector selector;
  private final long pauseNanos;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM);
  private Optional<Thread> thread = Optional.empty();
  private volatile boolean closing;
  private volatile long busyNanos;
  private InetSocketAddress lastSender = new InetSocketAddress(0);
  private Peer lastPeer = Peer.byUdp(lastSender.getAddress());

  private UdpReader(DatagramChannel channel, Selector selector, long pauseNanos) {
    this.channel = channel;
    this.selector = selector;
    this.pauseNanos = pauseNanos;
  }

  /// Takes the channel over, also when it fails.
  ///
  /// @param grantedBuffer bytes of its receive buffer. The pause has a nanosecond for each: so
  ///     little fills it at less than a gigabyte a second
  static UdpReader of(DatagramChannel channel, long grantedBuffer) throws IOException {
    channel.configureBlocking(false);
    var selector = Selector.open();
    channel.register(selector, SelectionKey.OP_READ);
    return new UdpReader(channel, selector, Math.min(grantedBuffer, LONGEST_PAUSE_NANOS));
  }

  /// Reads until closed.
  ///
  /// @param clock nanoseconds since the epoch
  synchronized void start(String name, LongSupplier clock, Consumer<List<Datagram>> each) {
    thread =
        Optional.of(
            Thread.ofPlatform().daemon().name(name).start(() -> readUntilClosed(clock, each)));
  }

  private void readUntilClosed(LongSupplier clock, Consumer<List<Datagram>> each) {
    while (!closing) {
      readAndWait(clock, each);
    }
    try {
      passOnTheLast(clock, each);
    } catch (IOException e) {
      LOG.debug("reading the last HEP over UDP failed", e);
    }
  }

  private void passOnTheLast(LongSupplier clock, Consumer<List<Datagram>> each) throws IOException {
    int batches = 0;
    while (passOn(clock, each) > 0 && batches < LAST_BATCHES) {
      batches++;
    }
  }

  /// Nanoseconds it has read for so far, and passed on.
  long busyNanos() {
    return busyNanos;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // by this one thread only
  private void readAndWait(LongSupplier clock, Consumer<List<Datagram>> each) {
    try {
      long begun = System.nanoTime();
      int passedOn = passOn(clock, each);
      busyNanos += System.nanoTime() - begun;
      if (passedOn == 0) {
        selector.select(_ -> {});
      } else if (passedOn < MOST_AT_ONCE) {
        LockSupport.parkNanos(pauseNanos);
      }
    } catch (IOException e) {
      LOG.debug("reading HEP over UDP failed", e);
      LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
    }
  }

  /// How many datagrams there were.
  private int passOn(LongSupplier clock, Consumer<List<Datagram>> each) throws IOException {
    var datagrams = new ArrayList<Datagram>();
    try {
      read(clock, datagrams);
    } finally {
      if (!datagrams.isEmpty()) {
        each.accept(datagrams);
      }
    }
    return datagrams.size();
  }

  private void read(LongSupplier clock, List<Datagram> datagrams) throws IOException {
    while (datagrams.size() < MOST_AT_ONCE
        && channel.receive(buffer.clear()) instanceof InetSocketAddress sender) {
      var bytes = new byte[buffer.flip().remaining()];
      buffer.get(bytes);
      datagrams.add(new Datagram(Bytes.of(bytes), peer(sender), clock.getAsLong()));
    }
  }

  /// Mostly it is the one before, and to write an address costs more than to compare it.
  private Peer peer(InetSocketAddress sender) {
    if (!sender.equals(lastSender)) {
      lastSender = sender;
      lastPeer = Peer.byUdp(sender.getAddress());
    }
    return lastPeer;
  }

  /// Passes on what the kernel has taken, then closes the socket. When it returns, the last
  /// datagram has been passed on.
  @Override
  public synchronized void close() {
    if (!closing) {
      closing = true;
      thread.ifPresent(this::end);
      closeSocket();
    }
  }

  /// Waits in any case: it takes no longer than to read what is there, and only then the selector
  /// may be closed.
  private void end(Thread reader) {
    selector.wakeup();
    LockSupport.unpark(reader);
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeSocket() {
    try {
      channel.close();
      selector.close(); // then the kernel's socket is closed
    } catch (IOException e) {
      LOG.debug("closing a UDP socket failed", e);
    }
  }
}
