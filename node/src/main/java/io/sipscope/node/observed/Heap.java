package io.sipscope.node.observed;

import io.sipscope.persistence.statistics.Counters;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryType;
import java.util.concurrent.atomic.AtomicLong;

/// The JVM's heap as OpenSIPS shows its shared memory (`shmem:`).
public final class Heap {
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

  private static final AtomicLong MOST_USED = new AtomicLong();

  private Heap() {}

  public static void register(Counters counters) {
    counters.gauge("shmem", "total_size", Heap::most);
    counters.gauge("shmem", "max_used_size", Heap::mostUsed);
    counters.gauge("shmem", "free_size", Heap::free);
    counters.gauge("shmem", "used_size", Heap::used);
    counters.gauge("shmem", "real_used_size", Heap::used);
    counters.gauge("shmem", "fragments", Heap::pools);
    for (var name :
        new String[] {
          "rpm_total_size",
          "rpm_used_size",
          "rpm_real_used_size",
          "rpm_fragments",
          "rpm_max_used_size",
          "rpm_free_size"
        }) {
      counters.gauge("rpmem", name, () -> 0);
    }
  }

  /// Bytes it may grow to.
  static long most() {
    return Runtime.getRuntime().maxMemory();
  }

  static long free() {
    return Math.max(0, most() - used());
  }

  private static long used() {
    long used = MEMORY.getHeapMemoryUsage().getUsed();
    MOST_USED.accumulateAndGet(used, Math::max);
    return used;
  }

  private static long mostUsed() {
    used();
    return MOST_USED.get();
  }

  /// Parts it is in that hold something.
  private static long pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getUsage().getUsed() > 0)
        .count();
  }
}
