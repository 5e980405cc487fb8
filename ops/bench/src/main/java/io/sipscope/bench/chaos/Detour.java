package io.sipscope.bench.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// A TCP connection's detour to a server on this machine, by which the network between the two can
/// be slow, cut, or hang up on both.
final class Detour implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final ServerSocket listening;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean refusing;

  /// Complete while something gets through.
  private volatile CompletableFuture<Void> passable = CompletableFuture.completedFuture(null);

  private Detour(ServerSocket listening, int target) {
    this.listening = listening;
    this.target = target;
  }

  static Detour start(int port, int target) throws IOException {
    var loopback = InetAddress.getLoopbackAddress();
    var detour = new Detour(new ServerSocket(port, 0, loopback), target);
    Thread.ofPlatform().daemon().name("detour").start(detour::accept);
    return detour;
  }

  int port() {
    return listening.getLocalPort();
  }

  /// Holds back what a client says: each of its statements takes so much longer.
  void delay(Duration delay) {
    this.delay = delay;
  }

  /// Nothing gets through, not even that one side hung up, and nobody is told. Afterwards comes
  /// what was on its way, as TCP sends it again.
  void cut() {
    passable = new CompletableFuture<>();
  }

  /// Breaks every connection (RST), and those that are begun until it goes on.
  void reset() {
    refusing = true;
    open.forEach(this::end);
  }

  /// All is well again.
  void goOn() {
    delay = Duration.ZERO;
    refusing = false;
    passable.complete(null);
  }

  private void accept() {
    try {
      while (true) {
        var client = listening.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> connect(client));
      }
    } catch (IOException _) {
      // closed
    }
  }

  /// A server that is not there closes the connection.
  private void connect(Socket client) {
    passable.join();
    if (refusing) {
      end(client);
      return;
    }
    try {
      var server = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(server);
      if (refusing) {
        end(client);
        end(server);
        return;
      }
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
      passable.join();
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
      passable.join();
      out.write(buffer, 0, length);
    }
  }

  /// Hangs up, or breaks the connection off while that is what is done to all.
  private void end(Socket socket) {
    open.remove(socket);
    try {
      if (refusing) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    } catch (IOException _) {
      // it is of no more use either way
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    passable.complete(null);
    open.forEach(this::end);
  }
}
