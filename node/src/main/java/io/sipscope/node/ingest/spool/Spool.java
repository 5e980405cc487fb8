package io.sipscope.node.ingest.spool;

import io.sipscope.node.ingest.Batch;
import io.sipscope.node.ingest.IngestCounters;
import io.sipscope.node.ingest.Origin;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.pekko.Done;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps on the disk what comes while nothing is taken, as when the store is away.
///
/// - While the way is open it hands on what comes, and that is all.
/// - When a batch has waited for so long, the way is closed: what comes goes to the disk, as much
///   as the spool may hold. Then, and when the disk takes nothing, it asks for no more.
/// - When the way is open again, what is on the disk goes first, and what comes meanwhile behind
///   it: the order stays. It takes in less than it hands on then, so that it comes to an end also
///   where the store is the bottleneck.
/// - What an earlier process left is handed on first.
///
/// At the end of the input it hands on what there is; while the way is closed it stays on the disk
/// for the next start.
public final class Spool extends GraphStage<FlowShape<Batch, Batch>> {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  /// Bytes that wait to be written: a second's worth of much traffic.
  private static final long MAX_UNWRITTEN = 4L << 20;

  /// Batches that were read and wait to be handed on.
  private static final int READ_AHEAD = 2;

  /// What is taken in for what is handed on, while the disk still has something.
  private static final double IN_FOR_OUT = 0.9;

  /// A disk that failed is asked again so much later.
  private static final long RETRY_NANOS = 5_000_000_000L;

  private final Inlet<Batch> in = Inlet.create("Spool.in");
  private final Outlet<Batch> out = Outlet.create("Spool.out");
  private final FlowShape<Batch, Batch> shape = FlowShape.of(in, out);
  private final SpoolSettings settings;
  private final IngestCounters counters;
  private final SpoolFiles files;
  private final boolean hasSome;

  public Spool(SpoolSettings settings, IngestCounters counters) {
    this.settings = settings;
    this.counters = counters;
    this.files = new SpoolFiles(settings.folder());
    this.hasSome = files.hasSome();
    counters.gauge("spool_bytes", files::bytes);
  }

  /// Bytes that are on the disk.
  public long bytes() {
    return files.bytes();
  }

  /// Lets go of the files, when all that was handed on is stored or given up.
  public void close() {
    files.close();
  }

  @Override
  public FlowShape<Batch, Batch> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  /// @param failure null when it was written
  private record Written(List<Batch> batches, int messages, Throwable failure) {}

  /// @param writesBefore how many writes had begun when it was asked for
  private record Read(SpoolFiles.Taken taken, long writesBefore, Throwable failure) {}

  private final class Logic extends TimerGraphStageLogic {
    private final AsyncCallback<Written> written = createAsyncCallback(this::onWritten);
    private final AsyncCallback<Read> read = createAsyncCallback(this::onRead);
    private final long afterNanos = settings.after().toNanos();

    /// Goes out next, in this order.
    private final ArrayDeque<Batch> ready = new ArrayDeque<>();

    /// Since when the next that goes out is the next.
    private long waitingSince;

    private List<Batch> unwritten = new ArrayList<>();
    private long unwrittenBytes;
    private boolean spooling;
    private boolean writing;
    private boolean reading;
    private boolean mayRead;
    private boolean failed;
    private long retryAt;
    private long writes;
    private double credit;

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              take(grab(in));
            }

            @Override
            public void onUpstreamFinish() {
              goOn();
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              handOn();
              goOn();
            }
          });
    }

    @Override
    public void preStart() {
      if (hasSome) {
        LOG.info("{} has messages of an earlier run, which are stored first", settings.folder());
        spooling = true;
        mayRead = true;
        waitingSince = System.nanoTime();
      }
      var look = settings.after().dividedBy(4);
      scheduleWithFixedDelay(Done.getInstance(), Duration.ZERO, look);
    }

    private void take(Batch batch) {
      if (spooling) {
        addUnwritten(batch);
        credit -= batch.arrivals().size();
        goOn();
      } else if (isAvailable(out)) {
        push(out, batch);
        pull(in);
      } else {
        addReady(batch);
      }
    }

    @Override
    public void onTimer(Object timer) {
      if (!spooling && isStalled()) {
        begin();
      }
      goOn();
    }

    private boolean isStalled() {
      return (spooling || !ready.isEmpty())
          && !isAvailable(out)
          && System.nanoTime() - waitingSince >= afterNanos;
    }

    private void begin() {
      LOG.warn(
          "nothing was taken for {} ms: what comes is kept in {} meanwhile",
          settings.after().toMillis(),
          settings.folder());
      spooling = true;
      credit = 0;
      ready.stream().filter(Logic::isOnNoDisk).forEach(this::addUnwritten);
      ready.removeIf(Logic::isOnNoDisk);
    }

    private static boolean isOnNoDisk(Batch batch) {
      return batch.arrivals().getFirst().origin() == Origin.NOBODY;
    }

    private void addUnwritten(Batch batch) {
      unwritten.add(batch);
      unwrittenBytes += bytes(batch);
    }

    private void goOn() {
      if (spooling) {
        write();
        read();
        handOn();
        endWhenEmpty();
      }
      pullIfRoom();
      completeIfDone();
    }

    private void write() {
      if (writing || unwritten.isEmpty() || (failed && System.nanoTime() - retryAt < 0)) {
        return;
      }
      var batches = unwritten;
      unwritten = new ArrayList<>();
      writing = true;
      mayRead = true;
      writes++;
      files
          .append(batches)
          .whenComplete(
              (messages, failure) ->
                  written.invoke(new Written(batches, messages == null ? 0 : messages, failure)));
    }

    private void onWritten(Written outcome) {
      writing = false;
      if (outcome.failure() == null) {
        outcome.batches().forEach(batch -> unwrittenBytes -= bytes(batch));
        counters.spooled(outcome.messages());
        failed = false;
      } else {
        failed(outcome.failure());
        unwritten.addAll(0, outcome.batches());
      }
      goOn();
    }

    private void read() {
      if (reading || !mayRead || ready.size() >= READ_AHEAD) {
        return;
      }
      reading = true;
      long before = writes;
      files.take().whenComplete((taken, failure) -> read.invoke(new Read(taken, before, failure)));
    }

    private void onRead(Read outcome) {
      reading = false;
      if (outcome.failure() != null) {
        failed(outcome.failure());
        mayRead = false;
      } else if (outcome.taken().isNothing()) {
        mayRead = writing || writes != outcome.writesBefore();
      } else {
        var taken = outcome.taken();
        counters.received(taken.foundEarlier());
        counters.unspooled(taken.batch().arrivals().size());
        addReady(taken.batch());
      }
      goOn();
    }

    private void failed(Throwable failure) {
      counters.spoolFailed();
      if (!failed) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        LOG.warn("the spool takes nothing, and is tried again: {}", cause.toString());
      }
      failed = true;
      retryAt = System.nanoTime() + RETRY_NANOS;
    }

    private void handOn() {
      if (!ready.isEmpty() && isAvailable(out)) {
        var next = ready.removeFirst();
        waitingSince = System.nanoTime();
        credit += IN_FOR_OUT * next.arrivals().size();
        push(out, next);
      }
    }

    private void addReady(Batch batch) {
      if (ready.isEmpty()) {
        waitingSince = System.nanoTime();
      }
      ready.addLast(batch);
    }

    /// What was not written yet follows what was read, without having been on the disk.
    private void endWhenEmpty() {
      if (mayRead || reading || writing || isStalled()) {
        return;
      }
      unwritten.forEach(this::addReady);
      unwritten.clear();
      unwrittenBytes = 0;
      spooling = false;
      files.seal();
      LOG.info("what was kept in {} is on its way again", settings.folder());
      handOn();
    }

    private void pullIfRoom() {
      if (isClosed(in) || hasBeenPulled(in)) {
        return;
      }
      if (spooling ? hasRoom() && (credit > 0 || isStalled()) : ready.isEmpty()) {
        pull(in);
      }
    }

    private boolean hasRoom() {
      return unwrittenBytes < MAX_UNWRITTEN && files.bytes() + unwrittenBytes < settings.bytes();
    }

    private void completeIfDone() {
      boolean nothingHeld = ready.isEmpty() && !spooling;
      boolean allOnDisk = spooling && isStalled() && unwritten.isEmpty() && !writing;
      if (isClosed(in) && (nothingHeld || allOnDisk)) {
        completeStage();
      }
    }

    private static long bytes(Batch batch) {
      long bytes = 0;
      for (var arrival : batch.arrivals()) {
        bytes += arrival.size();
      }
      return bytes;
    }
  }
}
