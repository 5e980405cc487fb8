package io.sipscope.node.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// The calls of Linux's C library for FIFOs, which the JDK has none for: it can neither make a FIFO
/// nor open one without waiting for the other side.
public final class Posix {
  public static final int EAGAIN = 11;
  public static final int ENXIO = 6;
  public static final int EINTR = 4;
  public static final int EEXIST = 17;

  public static final int WRITE_ONLY = 1;
  public static final int READ_WRITE = 2;

  private static final int NON_BLOCKING = 0x800;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final short POLL_IN = 1;

  private static final MethodHandle MKFIFO =
      CLibrary.call("mkfifo", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  private static final MethodHandle OPEN =
      CLibrary.call("open", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  private static final MethodHandle CLOSE =
      CLibrary.call("close", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
  private static final MethodHandle READ =
      CLibrary.call(
          "read",
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_LONG);
  private static final MethodHandle WRITE =
      CLibrary.call(
          "write",
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_LONG);
  private static final MethodHandle POLL =
      CLibrary.call(
          "poll",
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_INT);

  private Posix() {}

  public static void mkfifo(Path path, int mode) throws CallFailed {
    CLibrary.with(
        (arena, state) -> {
          var name = arena.allocateFrom(path.toString());
          return checked("mkfifo", (int) MKFIFO.invokeExact(state, name, mode), state);
        });
  }

  /// Never waits: to write to a FIFO that nobody reads fails with [#ENXIO].
  public static int open(Path path, int access) throws CallFailed {
    int flags = access | NON_BLOCKING | CLOSE_ON_EXEC;
    return CLibrary.with(
        (arena, state) -> {
          var name = arena.allocateFrom(path.toString());
          return (int) checked("open", (int) OPEN.invokeExact(state, name, flags), state);
        });
  }

  public static void close(int file) throws CallFailed {
    CLibrary.with((_, state) -> checked("close", (int) CLOSE.invokeExact(state, file), state));
  }

  /// What is there; empty when nothing is.
  public static byte[] read(int file, int most) throws CallFailed {
    return CLibrary.with(
        (arena, state) -> {
          var buffer = arena.allocate(most);
          long count = (long) READ.invokeExact(state, file, buffer, (long) most);
          return isNothingYet(count, state)
              ? new byte[0]
              : buffer.asSlice(0, checked("read", count, state)).toArray(ValueLayout.JAVA_BYTE);
        });
  }

  /// How many bytes found room, perhaps none.
  public static int write(int file, byte[] bytes, int from) throws CallFailed {
    return CLibrary.with(
        (arena, state) -> {
          var buffer = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes).asSlice(from);
          long count = (long) WRITE.invokeExact(state, file, buffer, buffer.byteSize());
          return isNothingYet(count, state) ? 0 : (int) checked("write", count, state);
        });
  }

  /// Waits until there is something to read, the time is over, or a signal came.
  public static void awaitReadable(int file, int millis) throws CallFailed {
    CLibrary.with(
        (arena, state) -> {
          var polled = arena.allocate(8, 4); // struct pollfd: int fd; short events; short revents
          polled.set(ValueLayout.JAVA_INT, 0, file);
          polled.set(ValueLayout.JAVA_SHORT, 4, POLL_IN);
          int ready = (int) POLL.invokeExact(state, polled, 1L, millis);
          return isNothingYet(ready, state) ? 0 : checked("poll", ready, state);
        });
  }

  private static boolean isNothingYet(long count, MemorySegment state) {
    return count < 0 && (CLibrary.errno(state) == EAGAIN || CLibrary.errno(state) == EINTR);
  }

  private static long checked(String call, long result, MemorySegment state) throws CallFailed {
    if (result < 0) {
      throw new CallFailed(call + " failed", CLibrary.errno(state));
    }
    return result;
  }
}
