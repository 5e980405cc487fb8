package io.sipscope.node.linux;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A local socket that sends datagrams (unix(7)), which the JDK has only for streams: so the C
/// library is called. For Linux.
public final class UnixDatagrams implements Closeable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;

  /// Of `sun_path`, with its NUL.
  private static final int MOST_PATH = 108;

  private static final MethodHandle SOCKET =
      CLibrary.call(
          "socket",
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT);
  private static final MethodHandle CONNECT =
      CLibrary.call(
          "connect",
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_INT);
  private static final MethodHandle SEND =
      CLibrary.call(
          "send",
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_INT);

  private final Path path;
  private final int descriptor;

  private UnixDatagrams(Path path, int descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  /// @throws IOException when nobody listens at that path
  public static UnixDatagrams connected(Path path) throws IOException {
    var name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length >= MOST_PATH) {
      throw new IOException(path + " is too long for a local socket");
    }
    return CLibrary.with(
        (arena, state) -> {
          var address = arena.allocate(2 + MOST_PATH, 2);
          address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
          MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
          int socket = (int) SOCKET.invokeExact(state, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
          if (socket < 0) {
            throw failure("there is no local socket for " + path, state);
          }
          if ((int) CONNECT.invokeExact(state, socket, address, (int) address.byteSize()) != 0) {
            var failure = failure("nobody listens at " + path, state);
            Posix.close(socket);
            throw failure;
          }
          return new UnixDatagrams(path, socket);
        });
  }

  /// False when the receiver has no room now.
  ///
  /// @throws IOException when it is gone
  public boolean send(byte[] bytes) throws IOException {
    return CLibrary.with(
        (arena, state) -> {
          var copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
          long sent =
              (long)
                  SEND.invokeExact(
                      state, descriptor, copy, (long) bytes.length, MSG_DONTWAIT | MSG_NOSIGNAL);
          if (sent < 0 && CLibrary.errno(state) != Posix.EAGAIN) {
            throw failure(path + " takes nothing", state);
          }
          return sent >= 0;
        });
  }

  private static CallFailed failure(String what, MemorySegment state) {
    return new CallFailed(what, CLibrary.errno(state));
  }

  @Override
  public void close() throws IOException {
    Posix.close(descriptor);
  }
}
