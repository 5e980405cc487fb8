package io.sipscope.node.observed;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import io.sipscope.persistence.events.CoreEvents;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells when memory becomes scarce and when it no longer is, as OpenSIPS does of its own: the heap
/// stands for shared memory, and is what a collection left of it; direct buffers stand for private
/// memory, and are looked at by [#look].
public final class MemoryWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryWatch.class);
  private static final long PID = ProcessHandle.current().pid();

  private final Thresholds thresholds;
  private final Events events;
  private final Brim heap;
  private final Brim direct;
  private final Set<String> heapPools;
  private final List<BufferPoolMXBean> buffers;
  private final long mostDirect;
  private final NotificationListener afterCollection = (notification, _) -> collected(notification);

  public MemoryWatch(Thresholds thresholds, Events events) {
    this.thresholds = thresholds;
    this.events = events;
    heap = new Brim(thresholds.heap());
    direct = new Brim(thresholds.direct());
    heapPools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());
    buffers =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .toList();
    mostDirect = mostDirect();
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(afterCollection, null, null);
      }
    }
  }

  /// As much as the heap, unless it was said otherwise.
  private static long mostDirect() {
    var option =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("MaxDirectMemorySize");
    long said = Long.parseLong(option.getValue());
    return said == 0 ? Runtime.getRuntime().maxMemory() : said;
  }

  private void collected(Notification notification) {
    if (notification
            .getType()
            .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)
        && notification.getUserData() instanceof CompositeData data) {
      heap(GarbageCollectionNotificationInfo.from(data).getGcInfo().getMemoryUsageAfterGc());
    }
  }

  private synchronized void heap(Map<String, MemoryUsage> left) {
    long used = 0;
    for (var pool : left.entrySet()) {
      used += heapPools.contains(pool.getKey()) ? pool.getValue().getUsed() : 0;
    }
    long size = Runtime.getRuntime().maxMemory();
    int usage = percent(used, size);
    if (heap.isNews(usage)) {
      long inUse = used;
      events.raise(
          EventNames.SHM_THRESHOLD, () -> CoreEvents.heap(usage, thresholds.heap(), inUse, size));
    }
  }

  /// Looks at the direct buffers; called now and then.
  public synchronized void look() {
    long used = buffers.stream().mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    int usage = percent(used, mostDirect);
    if (direct.isNews(usage)) {
      events.raise(
          EventNames.PKG_THRESHOLD,
          () -> CoreEvents.directBuffers(usage, thresholds.direct(), used, mostDirect, PID));
    }
  }

  private static int percent(long used, long size) {
    return (int) Math.clamp(100.0 * used / size, 0, 100);
  }

  @Override
  public void close() {
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        try {
          emitter.removeNotificationListener(afterCollection);
        } catch (ListenerNotFoundException e) {
          LOG.debug("a collector was not listened to", e);
        }
      }
    }
  }
}
