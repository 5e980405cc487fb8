package io.sipscope.node.observed;

import com.sun.management.ThreadMXBean;
import io.sipscope.node.scaling.AutoScaling;
import io.sipscope.node.scaling.WorkerThreads;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.Worker;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// This node's threads by their task: who there is (`ps`), how busy each is (`load:`), and how much
/// memory each takes (`pkmem:`). Looked at once a second.
///
/// Those that come and go with the load have the last ids, one for each that there may be.
public final class Workers implements AutoScaling.Roster {
  private static final long PID = ProcessHandle.current().pid();
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private static final int MINUTE = 60;
  private static final int TEN_MINUTES = 600;

  private record Spent(long cpu, long allocated) {}

  /// One that is there.
  private static final class Place {
    final Task task;
    final Worker worker;
    final Busyness busyness = new Busyness(TEN_MINUTES);
    long workedBefore;

    Place(Task task, int id) {
      this.task = task;
      this.worker = new Worker(id, PID, task.type());
    }
  }

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Counters counters;
  private final Optional<WorkerThreads> scaled;
  private final String hepUdp;
  private final int fixed;

  /// By id; replaced, never changed.
  private volatile List<Place> places;

  private Map<Long, Spent> spentByThread = Map.of();

  /// @param hepUdp where HEP comes by UDP, `host:port`
  /// @param tasks the first takes what no other names
  /// @param scaled those that come and go
  public Workers(
      Counters counters, String hepUdp, List<Task> tasks, Optional<WorkerThreads> scaled) {
    this.counters = counters;
    this.hepUdp = hepUdp;
    this.scaled = scaled;
    var first = new ArrayList<Place>();
    for (var task : tasks) {
      first.add(new Place(task, first.size()));
    }
    places = List.copyOf(first);
    fixed = first.size();
  }

  /// In the order of their ids.
  public List<Worker> list() {
    return places.stream().map(place -> place.worker).toList();
  }

  /// Registers the groups `load` and `pkmem`.
  public void register() {
    places.forEach(this::register);
    average("load", 1);
    average("load1m", MINUTE);
    average("load10m", TEN_MINUTES);
    counters.gauge("load", "processes_number", () -> places.size());
  }

  private void register(Place place) {
    var busy = place.busyness;
    var proc = "-proc-" + place.worker.id();
    counters.gauge("load", "load" + proc, () -> busy.percent(1));
    counters.gauge("load", "load1m" + proc, () -> busy.percent(MINUTE));
    counters.gauge("load", "load10m" + proc, () -> busy.percent(TEN_MINUTES));
    var mine = place.worker.id() + "-";
    counters.gauge("pkmem", mine + "total_size", Heap::most);
    counters.gauge("pkmem", mine + "used_size", busy::allocated);
    counters.gauge("pkmem", mine + "real_used_size", busy::allocated);
    counters.gauge("pkmem", mine + "max_used_size", busy::mostAllocated);
    counters.gauge("pkmem", mine + "free_size", Heap::free);
    counters.gauge("pkmem", mine + "fragments", () -> 0);
  }

  private void withdraw(int id) {
    for (var load : List.of("load", "load1m", "load10m")) {
      counters.withdraw("load", load + "-proc-" + id);
    }
    for (var size :
        List.of(
            "total_size",
            "used_size",
            "real_used_size",
            "max_used_size",
            "free_size",
            "fragments")) {
      counters.withdraw("pkmem", id + "-" + size);
    }
  }

  private void average(String name, int seconds) {
    counters.gauge("load", name, () -> average(true, busy -> busy.percent(seconds)));
    counters.gauge("load", name + "-all", () -> average(false, busy -> busy.percent(seconds)));
  }

  private long average(boolean signallingOnly, ToLongFunction<Busyness> percent) {
    return (long)
        places.stream()
            .filter(place -> !signallingOnly || place.task.signalling())
            .mapToLong(place -> percent.applyAsLong(place.busyness))
            .average()
            .orElse(0);
  }

  @Override
  public synchronized int began(int slot) {
    int id = fixed + slot;
    var place = new Place(Task.receiver(hepUdp, WorkerThreads.threadName(slot), slot), id);
    place.workedBefore = worked(slot);
    var more = new ArrayList<>(places);
    more.add(place);
    places = List.copyOf(more);
    register(place);
    return id;
  }

  @Override
  public synchronized int ended(int slot) {
    int id = fixed + slot;
    places = places.stream().filter(place -> place.worker.id() != id).toList();
    withdraw(id);
    return id;
  }

  private long worked(int slot) {
    return scaled.map(workers -> workers.busyNanos(slot)).orElse(0L);
  }

  /// Called once a second.
  public synchronized void tick() {
    var ids = threads.getAllThreadIds();
    var names = threads.getThreadInfo(ids);
    var cpu = threads.getThreadCpuTime(ids);
    var allocated = threads.getThreadAllocatedBytes(ids);
    var spent = HashMap.<Long, Spent>newHashMap(ids.length);
    var now = places;
    var cpuOf = new long[now.size()];
    var allocatedOf = new long[now.size()];
    var threadsOf = new int[now.size()];
    for (int i = 0; i < ids.length; i++) {
      if (names[i] != null && cpu[i] >= 0) {
        int place = placeOf(names[i].getThreadName(), now);
        var before = spentByThread.getOrDefault(ids[i], new Spent(0, 0));
        cpuOf[place] += cpu[i] - before.cpu();
        allocatedOf[place] += allocated[i] - before.allocated();
        threadsOf[place]++;
        spent.put(ids[i], new Spent(cpu[i], allocated[i]));
      }
    }
    spentByThread = spent;
    long at = System.nanoTime();
    for (int i = 0; i < now.size(); i++) {
      var place = now.get(i);
      int cores = Math.clamp(threadsOf[i], 1, CORES);
      place.busyness.spent(at, worked(place, cpuOf[i] / cores), allocatedOf[i]);
    }
  }

  /// Of those that come and go, the time they worked, as their scaling goes by it.
  private long worked(Place place, long cpu) {
    if (place.task.slot() < 0) {
      return cpu;
    }
    long worked = worked(place.task.slot());
    long since = worked - place.workedBefore;
    place.workedBefore = worked;
    return since;
  }

  /// The worker that a thread belongs to, by its name.
  public Worker of(String thread) {
    var now = places;
    return now.get(placeOf(thread, now)).worker;
  }

  private static int placeOf(String thread, List<Place> places) {
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i).task.threads().stream().anyMatch(thread::startsWith)) {
        return i;
      }
    }
    return 0;
  }
}
