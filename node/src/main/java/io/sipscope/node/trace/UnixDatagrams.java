package io.sipscope.node.trace;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A local socket that sends datagrams (unix(7)), which the JDK has only for streams: so the C
/// library is called. For Linux.
final class UnixDatagrams implements Closeable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;

  /// Of `sun_path`, with its NUL.
  private static final int MOST_PATH = 108;

  private static final int EAGAIN = 11;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final VarHandle CODE =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle SOCKET =
      function(
          "socket",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT));
  private static final MethodHandle CONNECT =
      function(
          "connect",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));
  private static final MethodHandle SEND =
      function(
          "send",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private final Path path;
  private final int descriptor;

  private UnixDatagrams(Path path, int descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  // Restricted, as a wrong description crashes the JVM: these four are those of POSIX.
  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, ERRNO);
  }

  /// @throws IOException when nobody listens at that path
  static UnixDatagrams connected(Path path) throws IOException {
    var name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length >= MOST_PATH) {
      throw new IOException(path + " is too long for a local socket");
    }
    try (var arena = Arena.ofConfined()) {
      var address = arena.allocate(2 + MOST_PATH, 2);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
      var errno = arena.allocate(Linker.Option.captureStateLayout());
      int socket = (int) SOCKET.invokeExact(errno, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      if (socket < 0) {
        throw failure("there is no local socket for " + path, errno);
      }
      if ((int) CONNECT.invokeExact(errno, socket, address, (int) address.byteSize()) != 0) {
        var failure = failure("nobody listens at " + path, errno);
        close(socket, errno);
        throw failure;
      }
      return new UnixDatagrams(path, socket);
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the C library cannot be called", e);
    }
  }

  /// False when the receiver has no room now.
  ///
  /// @throws IOException when it is gone
  boolean send(byte[] bytes) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      var errno = arena.allocate(Linker.Option.captureStateLayout());
      long sent =
          (long)
              SEND.invokeExact(
                  errno, descriptor, copy, (long) bytes.length, MSG_DONTWAIT | MSG_NOSIGNAL);
      if (sent < 0 && code(errno) != EAGAIN) {
        throw failure(path + " takes nothing", errno);
      }
      return sent >= 0;
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the C library cannot be called", e);
    }
  }

  private static IOException failure(String what, MemorySegment errno) {
    return new IOException(what + " (errno " + code(errno) + ")");
  }

  private static int code(MemorySegment errno) {
    return (int) CODE.get(errno, 0L);
  }

  private static int close(int socket, MemorySegment errno) throws Throwable {
    return (int) CLOSE.invokeExact(errno, socket);
  }

  @Override
  public void close() throws IOException {
    try (var arena = Arena.ofConfined()) {
      var errno = arena.allocate(Linker.Option.captureStateLayout());
      if (close(descriptor, errno) != 0) {
        throw failure("a local socket is not closed", errno);
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the C library cannot be called", e);
    }
  }
}
