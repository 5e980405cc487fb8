package io.sipscope.node.observed;

import com.sun.management.ThreadMXBean;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.Worker;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// This node's threads by their task: who there is (`ps`), how busy each is (`load:`), and how much
/// memory each takes (`pkmem:`). Looked at once a second.
public final class Workers {
  private static final long PID = ProcessHandle.current().pid();
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private static final int MINUTE = 60;
  private static final int TEN_MINUTES = 600;

  private record Task(String type, boolean signalling, List<String> threads) {}

  private record Spent(long cpu, long allocated) {}

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final List<Task> tasks;
  private final List<Busyness> busyness;
  private final List<Worker> list;
  private Map<Long, Spent> spentByThread = Map.of();

  /// @param readers how many threads read HEP over UDP
  public Workers(InetSocketAddress hepUdp, int readers, InetSocketAddress hepTcp, String http) {
    tasks = tasks(shown(hepUdp), readers, shown(hepTcp), http);
    busyness = tasks.stream().map(_ -> new Busyness(TEN_MINUTES)).toList();
    var workers = new ArrayList<Worker>();
    for (var task : tasks) {
      workers.add(new Worker(workers.size(), PID, task.type()));
    }
    list = List.copyOf(workers);
  }

  /// The first takes what no other names: the main thread and the JVM's own.
  private static List<Task> tasks(String hepUdp, int readers, String hepTcp, String http) {
    var tasks = new ArrayList<Task>();
    tasks.add(new Task("attendant", false, List.of()));
    tasks.add(new Task("timer", false, List.of("sipscope-scheduler")));
    for (int i = 0; i < readers; i++) {
      tasks.add(new Task("SIP receiver hep_udp:" + hepUdp, true, List.of("hep-udp-" + i)));
    }
    tasks.add(
        new Task(
            "TCP receiver hep_tcp:" + hepTcp + ", dialogs, HTTPD " + http,
            true,
            List.of("sipscope-pekko.actor.default-dispatcher")));
    tasks.add(new Task("TCP main", true, List.of("sipscope-pekko.io.")));
    tasks.add(
        new Task(
            "cluster",
            false,
            List.of("sipscope-pekko.actor.internal-dispatcher", "sipscope-pekko.remote")));
    tasks.add(
        new Task("journal writer", false, List.of("journal-write-", "journal-retry", "s0-io-")));
    tasks.add(new Task("journal reader", false, List.of("journal-read-", "store-read-")));
    tasks.add(
        new Task(
            "store upkeep",
            false,
            List.of("store-", "reindex", "ingest-spool", "H2 ", "MVStore", "Generate")));
    tasks.add(new Task("virtual threads", false, List.of("ForkJoinPool-")));
    return tasks;
  }

  private static String shown(InetSocketAddress address) {
    var host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + address.getPort();
  }

  /// In the order of their ids.
  public List<Worker> list() {
    return list;
  }

  /// Registers the groups `load` and `pkmem`.
  public void register(Counters counters) {
    for (var worker : list) {
      var busy = busyness.get(worker.id());
      var proc = "-proc-" + worker.id();
      counters.gauge("load", "load" + proc, () -> busy.percent(1));
      counters.gauge("load", "load1m" + proc, () -> busy.percent(MINUTE));
      counters.gauge("load", "load10m" + proc, () -> busy.percent(TEN_MINUTES));
      var mine = worker.id() + "-";
      counters.gauge("pkmem", mine + "total_size", Heap::most);
      counters.gauge("pkmem", mine + "used_size", busy::allocated);
      counters.gauge("pkmem", mine + "real_used_size", busy::allocated);
      counters.gauge("pkmem", mine + "max_used_size", busy::mostAllocated);
      counters.gauge("pkmem", mine + "free_size", Heap::free);
      counters.gauge("pkmem", mine + "fragments", () -> 0);
    }
    average(counters, "load", 1);
    average(counters, "load1m", MINUTE);
    average(counters, "load10m", TEN_MINUTES);
    counters.gauge("load", "processes_number", list::size);
  }

  private void average(Counters counters, String name, int seconds) {
    counters.gauge("load", name, () -> average(true, busy -> busy.percent(seconds)));
    counters.gauge("load", name + "-all", () -> average(false, busy -> busy.percent(seconds)));
  }

  private long average(boolean signallingOnly, ToLongFunction<Busyness> percent) {
    long sum = 0;
    int count = 0;
    for (int i = 0; i < tasks.size(); i++) {
      if (!signallingOnly || tasks.get(i).signalling()) {
        sum += percent.applyAsLong(busyness.get(i));
        count++;
      }
    }
    return sum / count;
  }

  /// Called once a second.
  public synchronized void tick() {
    var ids = threads.getAllThreadIds();
    var names = threads.getThreadInfo(ids);
    var cpu = threads.getThreadCpuTime(ids);
    var allocated = threads.getThreadAllocatedBytes(ids);
    var spent = HashMap.<Long, Spent>newHashMap(ids.length);
    var cpuOf = new long[tasks.size()];
    var allocatedOf = new long[tasks.size()];
    var threadsOf = new int[tasks.size()];
    for (int i = 0; i < ids.length; i++) {
      if (names[i] != null && cpu[i] >= 0) {
        int task = taskOf(names[i].getThreadName());
        var before = spentByThread.getOrDefault(ids[i], new Spent(0, 0));
        cpuOf[task] += cpu[i] - before.cpu();
        allocatedOf[task] += allocated[i] - before.allocated();
        threadsOf[task]++;
        spent.put(ids[i], new Spent(cpu[i], allocated[i]));
      }
    }
    spentByThread = spent;
    long now = System.nanoTime();
    for (int i = 0; i < tasks.size(); i++) {
      int cores = Math.clamp(threadsOf[i], 1, CORES);
      busyness.get(i).spent(now, cpuOf[i] / cores, allocatedOf[i]);
    }
  }

  private int taskOf(String thread) {
    for (int i = 0; i < tasks.size(); i++) {
      if (tasks.get(i).threads().stream().anyMatch(thread::startsWith)) {
        return i;
      }
    }
    return 0;
  }
}
