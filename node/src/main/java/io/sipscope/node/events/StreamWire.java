package io.sipscope.node.events;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.sipscope.node.Resolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;

/// Events one after the other over a TCP connection, which is opened anew when it broke, or took
/// nothing for too long.
final class StreamWire implements Wire {
  /// A connection that took something so lately is not asked whether it is open, which takes a
  /// moment: in nanoseconds.
  private static final long FRESH = 200_000_000L;

  private final Resolver resolver;
  private final String host;
  private final int port;
  private final int timeoutMillis;
  private Socket socket;
  private long lastSent;

  StreamWire(Resolver resolver, String host, int port, int timeoutMillis) {
    this.resolver = resolver;
    this.host = host;
    this.port = port;
    this.timeoutMillis = timeoutMillis;
  }

  /// A peer that closed is noticed by reading, before anything is written in vain.
  @Override
  public void send(byte[] payload) throws IOException {
    boolean isFresh = System.nanoTime() - lastSent < FRESH;
    if (socket != null && !isFresh && isClosedByPeer()) {
      close();
    }
    if (socket == null) {
      open();
    }
    var late = ForkJoinPool.commonPool().schedule(abort(socket), timeoutMillis, MILLISECONDS);
    try {
      socket.getOutputStream().write(payload);
      lastSent = System.nanoTime();
    } catch (IOException e) {
      close();
      throw late.isDone() ? new IOException("it reads nothing", e) : e;
    } finally {
      late.cancel(false);
    }
  }

  /// Writing has no time limit of its own, but ends when the connection is closed.
  private static Callable<Void> abort(Socket socket) {
    return () -> {
      socket.close();
      return null;
    };
  }

  private void open() throws IOException {
    var fresh = new Socket();
    try {
      fresh.connect(new InetSocketAddress(resolver.address(host), port), timeoutMillis);
      fresh.setTcpNoDelay(true);
      fresh.setSoTimeout(1);
    } catch (IOException e) {
      fresh.close();
      throw e;
    }
    socket = fresh;
  }

  /// What a subscriber answers is of no interest.
  private boolean isClosedByPeer() {
    try {
      var in = socket.getInputStream();
      while (in.available() > 0) {
        in.skipNBytes(in.available());
      }
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  @Override
  public void close() {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        socket = null;
      }
    }
  }
}
