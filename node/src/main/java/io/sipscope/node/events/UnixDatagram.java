package io.sipscope.node.events;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/// Sends datagrams to Unix sockets, which the JDK does not know: `socket`, `sendto` and `close` of
/// the C library, with the constants and structures of Linux.
final class UnixDatagram {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;

  /// A subscriber that does not read is not waited for; nor does one that is gone end the process.
  private static final int MSG_DONTWAIT_NOSIGNAL = 0x40 | 0x4000;

  /// `sockaddr_un`: a family of two bytes, a path of 108.
  private static final int PATH_OFFSET = 2;

  private static final int ADDRESS_BYTES = 110;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option WITH_ERRNO = Linker.Option.captureCallState("errno");
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET =
      function(
          "socket",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT));

  private static final MethodHandle SENDTO =
      function(
          "sendto",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));

  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private UnixDatagram() {}

  /// The launcher enables native access; the shapes are those of POSIX.
  @SuppressWarnings("restricted") // there is no other way to a datagram socket of this kind
  private static MethodHandle function(String name, FunctionDescriptor shape) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, WITH_ERRNO);
  }

  static void send(String path, byte[] payload) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(CALL_STATE);
      int socket = (int) SOCKET.invokeExact(state, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      if (socket < 0) {
        throw failure("socket", state);
      }
      try {
        var bytes = arena.allocate(Math.max(1, payload.length));
        MemorySegment.copy(payload, 0, bytes, ValueLayout.JAVA_BYTE, 0, payload.length);
        long sent =
            (long)
                SENDTO.invokeExact(
                    state,
                    socket,
                    bytes,
                    (long) payload.length,
                    MSG_DONTWAIT_NOSIGNAL,
                    address(arena, path),
                    ADDRESS_BYTES);
        if (sent != payload.length) {
          throw failure("sendto " + path, state);
        }
      } finally {
        int closed = (int) CLOSE.invokeExact(state, socket);
        assert closed == 0 : "a datagram socket closes";
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("a call of the C library failed", e);
    }
  }

  private static MemorySegment address(Arena arena, String path) throws IOException {
    var name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length >= ADDRESS_BYTES - PATH_OFFSET) {
      throw new IOException(name.length + " bytes of path (at most 107)");
    }
    var address = arena.allocate(ADDRESS_BYTES, ValueLayout.JAVA_SHORT.byteAlignment());
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, PATH_OFFSET, name.length);
    return address;
  }

  private static IOException failure(String call, MemorySegment state) {
    return new IOException(call + ": errno " + (int) ERRNO.get(state, 0L));
  }
}
