package io.sipscope.node.trace;

import io.sipscope.protocol.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;

/// One connection to a receiver of HEP, which says nothing: that it ends is noticed by reading.
final class Connection {
  private static final int READ = 512;

  private enum End {
    NOT_YET,
    IN_ORDER,
    BROKEN
  }

  private final Socket socket;
  private final Socket plain;
  private final OutputStream out;
  private final AtomicReference<End> end = new AtomicReference<>(End.NOT_YET);

  /// @param socket perhaps of TLS
  /// @param plain what is below it: to close that hangs on nothing
  Connection(Socket socket, Socket plain) throws IOException {
    this.socket = socket;
    this.plain = plain;
    this.out = socket.getOutputStream();
    var in = socket.getInputStream();
    Thread.ofVirtual()
        .name("trace-read")
        .start(
            () -> {
              var bytes = new byte[READ];
              try {
                while (in.read(bytes) >= 0) {
                  // what a receiver says is not for us
                }
                end.compareAndSet(End.NOT_YET, End.IN_ORDER);
              } catch (IOException _) {
                end.compareAndSet(End.NOT_YET, End.BROKEN);
              }
            });
  }

  void write(Bytes bytes) throws IOException {
    if (hasEnded()) {
      throw new IOException("the receiver ended it");
    }
    out.write(bytes.array(), bytes.offset(), bytes.length());
  }

  boolean hasEnded() {
    return end.get() != End.NOT_YET;
  }

  /// Whether the receiver closed it, having read everything: otherwise its system resets it.
  boolean endedInOrder() {
    return end.get() == End.IN_ORDER;
  }

  void broke() {
    end.set(End.BROKEN);
    Closing.of(plain);
  }

  void close() {
    Closing.of(plain);
    if (socket != plain) {
      Closing.of(socket);
    }
  }
}
