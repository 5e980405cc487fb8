package io.sipscope.node.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
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

  /// A failed call: what `errno` said.
  public static final class Failed extends IOException {
    private static final long serialVersionUID = 1L;
    private final int errno;

    Failed(String call, int errno) {
      super(call + " failed with errno " + errno);
      this.errno = errno;
    }

    public int errno() {
      return errno;
    }
  }

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

  public static void mkfifo(Path path, int mode) throws Failed {
    try (var arena = Arena.ofConfined()) {
      var state = CLibrary.state(arena);
      var name = arena.allocateFrom(path.toString());
      checked("mkfifo", (int) MKFIFO.invokeExact(state, name, mode), state);
    } catch (Failed e) {
      throw e;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /// Never waits: to write to a FIFO that nobody reads fails with [#ENXIO].
  public static int open(Path path, int access) throws Failed {
    try (var arena = Arena.ofConfined()) {
      var state = CLibrary.state(arena);
      var name = arena.allocateFrom(path.toString());
      int flags = access | NON_BLOCKING | CLOSE_ON_EXEC;
      return (int) checked("open", (int) OPEN.invokeExact(state, name, flags), state);
    } catch (Failed e) {
      throw e;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  public static void close(int file) throws Failed {
    try (var arena = Arena.ofConfined()) {
      var state = CLibrary.state(arena);
      checked("close", (int) CLOSE.invokeExact(state, file), state);
    } catch (Failed e) {
      throw e;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /// What is there; empty when nothing is.
  public static byte[] read(int file, int most) throws Failed {
    try (var arena = Arena.ofConfined()) {
      var state = CLibrary.state(arena);
      var buffer = arena.allocate(most);
      long count = (long) READ.invokeExact(state, file, buffer, (long) most);
      return isNothingYet(count, state)
          ? new byte[0]
          : buffer.asSlice(0, checked("read", count, state)).toArray(ValueLayout.JAVA_BYTE);
    } catch (Failed e) {
      throw e;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /// How many bytes found room, perhaps none.
  public static int write(int file, byte[] bytes, int from) throws Failed {
    try (var arena = Arena.ofConfined()) {
      var state = CLibrary.state(arena);
      var buffer = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes).asSlice(from);
      long count = (long) WRITE.invokeExact(state, file, buffer, buffer.byteSize());
      return isNothingYet(count, state) ? 0 : (int) checked("write", count, state);
    } catch (Failed e) {
      throw e;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /// Waits until there is something to read, or the time is over.
  public static void awaitReadable(int file, int millis) throws Failed {
    try (var arena = Arena.ofConfined()) {
      var state = CLibrary.state(arena);
      var polled = arena.allocate(8, 4); // struct pollfd: int fd; short events; short revents
      polled.set(ValueLayout.JAVA_INT, 0, file);
      polled.set(ValueLayout.JAVA_SHORT, 4, POLL_IN);
      int ready = (int) POLL.invokeExact(state, polled, 1L, millis);
      if (ready < 0 && CLibrary.errno(state) != EINTR) {
        throw new Failed("poll", CLibrary.errno(state));
      }
    } catch (Failed e) {
      throw e;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private static boolean isNothingYet(long count, MemorySegment state) {
    return count < 0 && (CLibrary.errno(state) == EAGAIN || CLibrary.errno(state) == EINTR);
  }

  private static long checked(String call, long result, MemorySegment state) throws Failed {
    if (result < 0) {
      throw new Failed(call, CLibrary.errno(state));
    }
    return result;
  }
}
