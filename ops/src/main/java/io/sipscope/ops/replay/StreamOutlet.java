package io.sipscope.ops.replay;

import io.sipscope.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/// One TCP connection that all messages go over, one after the other. It takes as much as the
/// other side reads. What that side answers is read and thrown away, or it would stop reading too.
final class StreamOutlet implements Outlet {
  private static final int CONNECT_MILLIS = 10_000;

  /// For the other side to close its end once it has read everything.
  private static final Duration LAST_WORD = Duration.ofSeconds(2);

  private final Socket socket = new Socket();
  private final OutputStream out;
  private final Thread answers;
  private volatile Optional<IOException> broken = Optional.empty();

  StreamOutlet(InetSocketAddress address) throws IOException {
    try {
      // Before it connects: on a connection that was reset at once it would fail in other words.
      socket.setTcpNoDelay(true);
      socket.connect(address, CONNECT_MILLIS);
      out = socket.getOutputStream();
      var in = socket.getInputStream();
      answers = Thread.ofVirtual().name("answers").start(() -> drain(in));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void drain(InputStream in) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      broken = Optional.of(e);
    }
  }

  @Override
  public boolean fits(int size, int sip) {
    return true;
  }

  @Override
  public void send(Bytes bytes, Tally tally) throws IOException {
    out.write(bytes.array(), bytes.offset(), bytes.length());
    tally.sent(bytes.length());
  }

  /// A connection that was reset has lost what had not been read.
  @Override
  public void finish(Tally tally) throws IOException, InterruptedException {
    socket.shutdownOutput();
    answers.join(LAST_WORD);
    if (broken.isPresent()) {
      throw broken.get();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
