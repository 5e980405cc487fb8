package io.sipscope.node.sources.ami;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.asteriskjava.util.SocketConnectionFacade;

/// A connection to a manager interface as asterisk-java reads it, without what is not for it.
///
/// Its reader ends a packet at the first empty line, so that a raw SIP message would fall apart; it
/// builds an object of each event, and forgets the order of an event's lines. So it gets the
/// greeting and the answers to its actions only; the events are read here, as bytes.
final class AmiSocket implements SocketConnectionFacade {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Socket socket;
  private final InputStream input;
  private final AmiStream stream;
  private final Queue<String> lines = new ArrayDeque<>();
  private final CountDownLatch greeted = new CountDownLatch(1);
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private volatile boolean ended;

  /// What is heard besides greeting and answers.
  interface Log {
    void message(LoggedMessage message);

    void cut(String reason, String detail);
  }

  /// @param log made for the address of the other side
  AmiSocket(String host, int port, int timeoutMillis, Function<InetAddress, Log> log)
      throws IOException {
    socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), timeoutMillis);
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      input = socket.getInputStream();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    stream = new AmiStream(new Sorter(log.apply(socket.getInetAddress())));
  }

  private final class Sorter implements AmiStream.Listener {
    private final Log log;

    Sorter(Log log) {
      this.log = log;
    }

    @Override
    public void greeted(String banner) {
      lines.add(banner);
      greeted.countDown();
    }

    @Override
    public void answered(List<String> answer) {
      lines.addAll(answer);
      lines.add("");
    }

    @Override
    public void message(LoggedMessage message) {
      log.message(message);
    }

    @Override
    public void cut(String reason, String detail) {
      log.cut(reason, detail);
    }
  }

  /// Whether it introduced itself as a manager interface within that time.
  boolean isGreeted(long millis) throws InterruptedException {
    return greeted.await(millis, TimeUnit.MILLISECONDS);
  }

  /// The next line that is for asterisk-java; null at the end.
  @Override
  public String readLine() throws IOException {
    try {
      while (lines.isEmpty() && !ended) {
        int read = input.read(buffer);
        if (read < 0) {
          end();
        } else {
          stream.feed(buffer, 0, read);
        }
      }
    } catch (IOException e) {
      end();
      throw e;
    }
    return lines.poll();
  }

  private void end() {
    if (!ended) {
      ended = true;
      stream.end();
    }
  }

  @Override
  public void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void flush() throws IOException {
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  @Override
  public boolean isConnected() {
    return socket.isConnected() && !socket.isClosed();
  }

  @Override
  public InetAddress getLocalAddress() {
    return socket.getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return socket.getLocalPort();
  }

  @Override
  public InetAddress getRemoteAddress() {
    return socket.getInetAddress();
  }

  @Override
  public int getRemotePort() {
    return socket.getPort();
  }
}
