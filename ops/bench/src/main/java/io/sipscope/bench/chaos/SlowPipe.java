package io.sipscope.bench.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// A TCP connection's detour to a server on this machine, which can hold back what a client says:
/// each of its statements then takes so much longer.
final class SlowPipe implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final ServerSocket listening;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Duration delay = Duration.ZERO;

  private SlowPipe(ServerSocket listening, int target) {
    this.listening = listening;
    this.target = target;
  }

  static SlowPipe start(int port, int target) throws IOException {
    var loopback = InetAddress.getLoopbackAddress();
    var pipe = new SlowPipe(new ServerSocket(port, 0, loopback), target);
    Thread.ofPlatform().daemon().name("slow-pipe").start(pipe::accept);
    return pipe;
  }

  void delay(Duration delay) {
    this.delay = delay;
  }

  private void accept() {
    try {
      while (true) {
        connect(listening.accept());
      }
    } catch (IOException _) {
      // closed
    }
  }

  /// A server that is not there closes the connection.
  private void connect(Socket client) throws IOException {
    open.add(client);
    try {
      var server = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(server);
      Thread.ofVirtual().start(() -> pump(client, server, true));
      Thread.ofVirtual().start(() -> pump(server, client, false));
    } catch (IOException _) {
      end(client);
    }
  }

  private void pump(Socket from, Socket to, boolean isClient) {
    try {
      copy(from.getInputStream(), to.getOutputStream(), isClient);
    } catch (IOException _) {
      // either end hung up, and so does the other
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      end(from);
      end(to);
    }
  }

  private void copy(InputStream in, OutputStream out, boolean isClient)
      throws IOException, InterruptedException {
    var buffer = new byte[BUFFER];
    for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
      if (isClient) {
        TimeUnit.MILLISECONDS.sleep(delay.toMillis());
      }
      out.write(buffer, 0, length);
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException _) {
      // it is of no more use either way
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    open.forEach(this::end);
  }
}
