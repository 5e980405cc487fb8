package io.sipscope.node.mi;

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
import java.nio.file.Path;

/// The calls of Linux's C library for FIFOs, which the JDK has none for: it can neither make a FIFO
/// nor open one without waiting for the other side.
@SuppressWarnings("restricted") // calling C is what this class is for
final class Posix {
  static final int EAGAIN = 11;
  static final int ENXIO = 6;
  static final int EINTR = 4;
  static final int EEXIST = 17;

  static final int WRITE_ONLY = 1;
  static final int READ_WRITE = 2;

  private static final int NON_BLOCKING = 0x800;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final short POLL_IN = 1;

  /// A failed call: what `errno` said.
  static final class Failed extends IOException {
    private static final long serialVersionUID = 1L;
    private final int errno;

    Failed(String call, int errno) {
      super(call + " failed with errno " + errno);
      this.errno = errno;
    }

    int errno() {
      return errno;
    }
  }

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle MKFIFO =
      call("mkfifo", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  private static final MethodHandle OPEN =
      call("open", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  private static final MethodHandle CLOSE =
      call("close", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
  private static final MethodHandle READ =
      call(
          "read",
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_LONG);
  private static final MethodHandle WRITE =
      call(
          "write",
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_LONG);
  private static final MethodHandle POLL =
      call(
          "poll",
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_INT);

  private Posix() {}

  private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"));
  }

  static void mkfifo(Path path, int mode) throws Failed {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(STATE);
      var name = arena.allocateFrom(path.toString());
      checked("mkfifo", (int) MKFIFO.invokeExact(state, name, mode), state);
    } catch (Failed e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Never waits: to write to a FIFO that nobody reads fails with [#ENXIO].
  static int open(Path path, int access) throws Failed {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(STATE);
      var name = arena.allocateFrom(path.toString());
      int flags = access | NON_BLOCKING | CLOSE_ON_EXEC;
      return (int) checked("open", (int) OPEN.invokeExact(state, name, flags), state);
    } catch (Failed e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void close(int file) throws Failed {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(STATE);
      checked("close", (int) CLOSE.invokeExact(state, file), state);
    } catch (Failed e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// What is there; empty when nothing is.
  static byte[] read(int file, int most) throws Failed {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(STATE);
      var buffer = arena.allocate(most);
      long count = (long) READ.invokeExact(state, file, buffer, (long) most);
      return isNothingYet(count, state)
          ? new byte[0]
          : buffer.asSlice(0, checked("read", count, state)).toArray(ValueLayout.JAVA_BYTE);
    } catch (Failed e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// How many bytes found room, perhaps none.
  static int write(int file, byte[] bytes, int from) throws Failed {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(STATE);
      var buffer = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes).asSlice(from);
      long count = (long) WRITE.invokeExact(state, file, buffer, buffer.byteSize());
      return isNothingYet(count, state) ? 0 : (int) checked("write", count, state);
    } catch (Failed e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Waits until there is something to read, or the time is over.
  static void awaitReadable(int file, int millis) throws Failed {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(STATE);
      var polled = arena.allocate(8, 4); // struct pollfd: int fd; short events; short revents
      polled.set(ValueLayout.JAVA_INT, 0, file);
      polled.set(ValueLayout.JAVA_SHORT, 4, POLL_IN);
      int ready = (int) POLL.invokeExact(state, polled, 1L, millis);
      if (ready < 0 && errno(state) != EINTR) {
        throw new Failed("poll", errno(state));
      }
    } catch (Failed e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static boolean isNothingYet(long count, MemorySegment state) {
    return count < 0 && (errno(state) == EAGAIN || errno(state) == EINTR);
  }

  private static long checked(String call, long result, MemorySegment state) throws Failed {
    if (result < 0) {
      throw new Failed(call, errno(state));
    }
    return result;
  }

  private static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  private static IllegalStateException unexpected(Throwable failure) {
    return new IllegalStateException("a call of the C library could not be made", failure);
  }
}
