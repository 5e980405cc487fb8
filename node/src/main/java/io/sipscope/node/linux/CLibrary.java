package io.sipscope.node.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// How Linux's C library is called, where the JDK has no way of its own: each call takes a place
/// for `errno` first.
final class CLibrary {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private CLibrary() {}

  // Restricted, as a wrong description crashes the JVM: those here are of POSIX, and the launcher
  // enables native access.
  @SuppressWarnings("restricted")
  static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"));
  }

  /// What calls the library: with room for what it passes on, and a place for `errno`.
  ///
  /// A method handle may throw anything, as far as the compiler knows.
  @FunctionalInterface
  interface Calling<T> {
    T call(Arena arena, MemorySegment state) throws Throwable;
  }

  /// @throws CallFailed as the calling does; what else it throws is an error of ours
  static <T> T with(Calling<T> calling) throws CallFailed {
    try (var arena = Arena.ofConfined()) {
      return calling.call(arena, arena.allocate(STATE));
    } catch (CallFailed | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of the C library could not be made", e);
    }
  }

  static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }
}
