package io.sipscope.node;

import io.sipscope.http.mi.core.ProcessProfiling;
import io.sipscope.node.ingest.HepSockets;
import io.sipscope.node.observed.Calls;
import io.sipscope.node.observed.Heap;
import io.sipscope.node.observed.Never;
import io.sipscope.node.observed.Task;
import io.sipscope.node.observed.Thresholds;
import io.sipscope.node.observed.WaitingBytes;
import io.sipscope.node.observed.Workers;
import io.sipscope.node.scaling.WorkerThreads;
import io.sipscope.persistence.statistics.Counters;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorSystem;

/// Looks once a second at what this node's threads do, and counts it.
final class WorkersStart {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private WorkersStart() {}

  static Workers start(
      ActorSystem<?> system,
      NodeSettings settings,
      Counters counters,
      HepSockets hep,
      Calls calls,
      Optional<WorkerThreads> scaled,
      ProcessProfiling profiling) {
    var workers =
        new Workers(
            counters,
            Node.shown(hep.udpAddress()),
            Task.ofNode(
                Node.shown(hep.udpAddress()),
                settings.hepUdp().readers(),
                scaled.isPresent(),
                Node.shown(hep.tcpAddress()),
                settings.http().host() + ":" + settings.http().port()),
            scaled);
    workers.register();
    Heap.register(counters);
    WaitingBytes.register(
        counters,
        Set.of(hep.udpAddress().getPort()),
        Set.of(hep.tcpAddress().getPort(), settings.http().port()));
    Thresholds.register(counters);
    Never.register(counters);
    var everySecond =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                SECOND,
                SECOND,
                new Repeated("counting", () -> everySecond(workers, calls, profiling)),
                system.executionContext());
    system.getWhenTerminated().thenRun(everySecond::cancel);
    return workers;
  }

  private static void everySecond(Workers workers, Calls calls, ProcessProfiling profiling) {
    try (var session = profiling.begin(ProcessProfiling.TIMERS)) {
      session.enter("timer");
      workers.tick();
      calls.tick();
      session.exit("timer", 0);
    }
  }
}
