package io.sipscope.ops.replay;

import io.sipscope.protocol.Bytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/// A datagram for each message. UDP tells nobody to slow down, so there is a limit to how many are
/// sent in a second. The socket is connected, so that the kernel passes on what ICMP says: a port
/// where nobody listens is told with the next datagram, or shortly after the last.
final class DatagramOutlet implements Outlet {
  /// What a receiver with a socket buffer of the usual 200 kB keeps up with on a busy machine too:
  /// at twice as many, one in a thousand was lost there.
  static final int MAX_PER_SECOND = 5_000;

  /// What the length of UDP in IPv4 leaves to a payload.
  static final int MAX_DATAGRAM = 65_507;

  static final String REFUSED = "refused (ICMP port unreachable)";

  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1) / MAX_PER_SECOND;

  /// After a pause of its own making, the machine may make up for so much.
  private static final long CATCH_UP = TimeUnit.MILLISECONDS.toNanos(2);

  /// An ICMP answer takes a round trip.
  private static final long LAST_WORD = TimeUnit.MILLISECONDS.toNanos(500);

  private final DatagramSocket socket = new DatagramSocket();
  private long next = System.nanoTime();

  DatagramOutlet(InetSocketAddress address) throws IOException {
    try {
      socket.connect(address);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public boolean fits(int size, int sip) {
    return Math.max(size, sip) <= MAX_DATAGRAM;
  }

  @Override
  public void send(Bytes bytes, Tally tally) throws InterruptedException {
    waitForTurn();
    var datagram = new DatagramPacket(bytes.array(), bytes.offset(), bytes.length());
    try {
      try {
        socket.send(datagram);
      } catch (PortUnreachableException _) {
        // It was said of an earlier datagram; this one has not been sent by that.
        tally.lost(REFUSED);
        socket.send(datagram);
      }
      tally.sent(bytes.length());
    } catch (PortUnreachableException _) {
      tally.failed(REFUSED, 1);
    } catch (IOException e) {
      tally.failed("not sent (" + e.getMessage() + ")", 1);
    }
  }

  private void waitForTurn() throws InterruptedException {
    long now = System.nanoTime();
    if (next - now < -CATCH_UP) {
      next = now - CATCH_UP;
    }
    next += INTERVAL;
    Pause.until(next);
  }

  @Override
  public void finish(Tally tally) throws IOException {
    long end = System.nanoTime() + LAST_WORD;
    var answer = new DatagramPacket(new byte[1], 1);
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return;
      }
      socket.setSoTimeout((int) left);
      try {
        socket.receive(answer); // what a SIP server answers is not ours to read
      } catch (PortUnreachableException _) {
        tally.lost(REFUSED);
      } catch (SocketTimeoutException _) {
        return;
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
