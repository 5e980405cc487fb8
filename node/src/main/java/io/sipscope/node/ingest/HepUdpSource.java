package io.sipscope.node.ingest;

import io.sipscope.http.mi.core.ProcessProfiling;
import io.sipscope.node.agents.Agents;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;

/// HEP datagrams of one port, as many at a time as have come. What comes while the stream is full
/// is refused and counted, and so is what the kernel had no room for.
///
/// The sockets are bound before the stream starts, so that a port in use stops the start.
public final class HepUdpSource extends GraphStage<SourceShape<List<Datagram>>> {
  private static final Duration KERNEL_CHECK = Duration.ofSeconds(1);

  private final Outlet<List<Datagram>> out = Outlet.create("HepUdpSource.out");
  private final SourceShape<List<Datagram>> shape = SourceShape.of(out);
  private final UdpSockets sockets;
  private final DatagramQueue queue;
  private final KernelDrops kernelDrops;
  private final Agents agents;
  private final IngestCounters counters;
  private final ProcessProfiling profiling;
  private final LongSupplier clock;
  private volatile boolean stopped;
  private volatile Runnable wake = () -> {};

  /// @param profiling is told of what who reads does
  /// @param clock nanoseconds since the epoch
  HepUdpSource(
      UdpSockets sockets,
      HepUdpSettings settings,
      IngestCounters counters,
      Agents agents,
      ProcessProfiling profiling,
      LongSupplier clock) {
    this.sockets = sockets;
    this.agents = agents;
    this.profiling = profiling;
    this.queue = new DatagramQueue(settings.queueDatagrams(), settings.queueBytes());
    this.kernelDrops = new KernelDrops(sockets.address().getPort());
    this.counters = counters;
    this.clock = clock;
    counters.gauge("udp_queue", queue::size);
    counters.gauge("udp_receive_buffer", sockets::grantedBuffer);
  }

  @Override
  public SourceShape<List<Datagram>> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  /// Reads no more; completes when what was read is passed on.
  void stop() {
    counters.droppedByKernel(kernelDrops.more());
    sockets.close();
    stopped = true;
    wake.run();
  }

  private void arrived(List<Datagram> datagrams) {
    try (var session = profiling.begin(ProcessProfiling.TRAFFIC)) {
      session.enter("hep_udp reading");
      counters.received(datagrams.size());
      queue.offer(datagrams, this::refused);
      session.exit("hep_udp reading", datagrams.size());
    }
  }

  private void refused(Datagram datagram) {
    counters.dropped("queue-full");
    agents.dropped(datagram.peer(), "queue-full");
  }

  private final class Logic extends TimerGraphStageLogic {
    private final AsyncCallback<Done> some = createAsyncCallback(_ -> pushSome());

    Logic() {
      super(shape);
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              pushSome();
            }
          });
    }

    @Override
    public void preStart() {
      wake = () -> some.invoke(Done.getInstance());
      queue.onArrival(wake);
      sockets.read(clock, HepUdpSource.this::arrived);
      scheduleWithFixedDelay(KERNEL_CHECK, KERNEL_CHECK, KERNEL_CHECK);
    }

    @Override
    public void onTimer(Object timer) {
      counters.droppedByKernel(kernelDrops.more());
    }

    private void pushSome() {
      if (isAvailable(out)) {
        var datagrams = queue.take(UdpReader.MOST_AT_ONCE);
        if (!datagrams.isEmpty()) {
          push(out, datagrams);
        } else if (stopped) {
          completeStage();
        }
      }
    }

    @Override
    public void postStop() {
      sockets.close();
    }
  }
}
