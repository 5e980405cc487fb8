package io.sipscope.node.ingest;

import io.sipscope.persistence.dialog.Dialog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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

/// Groups arrivals of one dialog into bursts and has each burst stored: a journal row is a burst,
/// and fewer rows are the main lever on throughput.
///
/// - A message waits for others of its dialog for at most the window, or for the write before it.
/// - One burst of a dialog is being stored at a time, so a dialog's order is the order of arrival.
/// - A burst that could not be stored is offered again, with growing pauses, until it is: storing
///   is idempotent. It is never given up.
/// - A burst without an answer is offered again too, as whoever had it may be gone; but not while
///   the store is away, when every dialog holds what it has. The first answer counts.
/// - At most so many messages and bytes are held (and one batch); then it stops asking for more.
///
/// What comes out is what was stored. At the end of the input it stores what it holds and
/// completes.
public final class Bursts extends GraphStage<FlowShape<Batch, Bursts.Stored>> {

  /// A burst that is in the journal, and what each of its messages is to its dialog.
  public record Stored(String key, List<Arrival> arrivals, Dialog.Ack ack) {}

  private final Inlet<Batch> in = Inlet.create("Bursts.in");
  private final Outlet<Stored> out = Outlet.create("Bursts.out");
  private final FlowShape<Batch, Stored> shape = FlowShape.of(in, out);
  private final IngestSettings settings;
  private final BiFunction<String, List<Arrival>, CompletionStage<Dialog.Ack>> store;
  private final Consumer<Throwable> failed;
  private final BooleanSupplier away;

  /// @param store stores the messages of a key; may fail, and may be asked again for the same
  /// @param failed hears of each failure, on the thread of the stream
  /// @param away whether no answer is to be expected
  public Bursts(
      IngestSettings settings,
      BiFunction<String, List<Arrival>, CompletionStage<Dialog.Ack>> store,
      Consumer<Throwable> failed,
      BooleanSupplier away) {
    this.settings = settings;
    this.store = store;
    this.failed = failed;
    this.away = away;
  }

  @Override
  public FlowShape<Batch, Stored> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  /// The messages of one dialog that are held.
  private static final class Group {
    final String key;
    List<Arrival> waiting = new ArrayList<>(4);
    int waitingBytes;
    Optional<Burst> storing = Optional.empty();
    boolean overdue;

    Group(String key) {
      this.key = key;
    }
  }

  /// These waiting messages are to be stored at that time, if they are still waiting.
  private record Due(Group group, List<Arrival> waiting, long at) {}

  /// Messages that are being stored.
  private static final class Burst {
    final Group group;
    final List<Arrival> arrivals;
    Duration pause;
    long patience;
    long offeredAt;
    boolean pausing;

    Burst(Group group, List<Arrival> arrivals, IngestSettings settings) {
      this.group = group;
      this.arrivals = arrivals;
      this.pause = settings.retryFirst();
      this.patience = settings.askTimeout().toNanos();
    }
  }

  private record Outcome(Burst burst, Dialog.Ack ack, Throwable failure) {}

  private record Retry(Burst burst) {}

  private enum Tick {
    DUE,
    LOOK
  }

  /// Bursts without an answer are looked for so often in the time that one may take.
  private static final int LOOKS = 10;

  /// How long an answer may take doubles each time it did not come, up to so many times the first.
  private static final int MOST_PATIENCE = 4;

  private final class Logic extends TimerGraphStageLogic {
    private final Map<String, Group> groups = new HashMap<>();
    private final ArrayDeque<Due> dues = new ArrayDeque<>();
    private final ArrayDeque<Stored> stored = new ArrayDeque<>();
    private final AsyncCallback<Outcome> outcomes = createAsyncCallback(this::onOutcome);
    private final long windowNanos = settings.window().toNanos();
    private int held;
    private long heldBytes;

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              grab(in).arrivals().forEach(Logic.this::admit);
              pullIfRoom();
            }

            @Override
            public void onUpstreamFinish() {
              storeAllNow();
              completeIfDone();
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              pushStored();
            }
          });
    }

    @Override
    public void preStart() {
      pull(in);
      var look = settings.askTimeout().dividedBy(LOOKS);
      scheduleWithFixedDelay(Tick.LOOK, look, look);
    }

    private void pullIfRoom() {
      if (held < settings.messages()
          && heldBytes < settings.bytes()
          && !isClosed(in)
          && !hasBeenPulled(in)) {
        pull(in);
      }
    }

    private void admit(Arrival arrival) {
      held++;
      heldBytes += arrival.size();
      var group = groups.computeIfAbsent(arrival.key(), Group::new);
      group.waiting.add(arrival);
      group.waitingBytes += arrival.size();
      if (group.storing.isEmpty() && isFull(group)) {
        storeNext(group);
      } else if (group.waiting.size() == 1) {
        dues.add(new Due(group, group.waiting, System.nanoTime() + windowNanos));
        if (dues.size() == 1) {
          scheduleOnce(Tick.DUE, settings.window());
        }
      }
    }

    private boolean isFull(Group group) {
      return group.waiting.size() >= settings.burstMessages()
          || group.waitingBytes >= settings.burstBytes();
    }

    @Override
    public void onTimer(Object timer) {
      switch (timer) {
        case Retry(var burst) -> {
          burst.pausing = false;
          attempt(burst);
        }
        case Tick.LOOK -> offerUnansweredAgain();
        default -> storeDue();
      }
    }

    private void offerUnansweredAgain() {
      if (away.getAsBoolean()) {
        return;
      }
      long now = System.nanoTime();
      for (var group : groups.values()) {
        group
            .storing
            .filter(burst -> !burst.pausing && now - burst.offeredAt >= burst.patience)
            .ifPresent(this::offerAgain);
      }
    }

    private void offerAgain(Burst burst) {
      failed.accept(new TimeoutException("no answer for " + burst.patience / 1_000_000 + " ms"));
      burst.patience =
          Math.min(2 * burst.patience, MOST_PATIENCE * settings.askTimeout().toNanos());
      attempt(burst);
    }

    private void storeDue() {
      long now = System.nanoTime();
      while (!dues.isEmpty() && dues.getFirst().at() - now <= 0) {
        var due = dues.removeFirst();
        if (due.waiting() == due.group().waiting) {
          storeSoon(due.group());
        }
      }
      if (!dues.isEmpty()) {
        scheduleOnce(Tick.DUE, Duration.ofNanos(dues.getFirst().at() - now));
      }
    }

    private void storeAllNow() {
      dues.clear();
      cancelTimer(Tick.DUE);
      List.copyOf(groups.values()).forEach(this::storeSoon);
    }

    private void storeSoon(Group group) {
      if (group.storing.isPresent()) {
        group.overdue = true;
      } else {
        storeNext(group);
      }
    }

    /// Stores what waits, as much of it as one burst holds; what is left is overdue.
    private void storeNext(Group group) {
      var waiting = group.waiting;
      int count = 0;
      int bytes = 0;
      while (count < waiting.size()
          && count < settings.burstMessages()
          && (count == 0 || bytes + waiting.get(count).size() <= settings.burstBytes())) {
        bytes += waiting.get(count++).size();
      }
      group.waiting = new ArrayList<>(waiting.subList(count, waiting.size()));
      group.waitingBytes -= bytes;
      group.overdue = !group.waiting.isEmpty();
      var burst = new Burst(group, waiting.subList(0, count), settings);
      group.storing = Optional.of(burst);
      attempt(burst);
    }

    private void attempt(Burst burst) {
      burst.offeredAt = System.nanoTime();
      store
          .apply(burst.group.key, burst.arrivals)
          .whenComplete((ack, failure) -> outcomes.invoke(new Outcome(burst, ack, failure)));
    }

    private void onOutcome(Outcome outcome) {
      var burst = outcome.burst();
      if (burst.group.storing.filter(burst::equals).isEmpty()) {
        return; // it was stored by an answer to another offer
      }
      if (outcome.failure() != null) {
        failed.accept(outcome.failure());
        pause(burst);
        return;
      }
      stored.add(new Stored(burst.group.key, burst.arrivals, outcome.ack()));
      afterStoring(burst.group);
      pushStored();
    }

    private void pause(Burst burst) {
      if (!burst.pausing) {
        burst.pausing = true;
        scheduleOnce(new Retry(burst), burst.pause);
        var longer = burst.pause.multipliedBy(2);
        burst.pause =
            longer.compareTo(settings.retryLongest()) < 0 ? longer : settings.retryLongest();
      }
    }

    private void afterStoring(Group group) {
      group.storing = Optional.empty();
      if (group.waiting.isEmpty()) {
        groups.remove(group.key);
      } else if (group.overdue || isFull(group) || isClosed(in)) {
        storeNext(group);
      }
    }

    private void pushStored() {
      if (!stored.isEmpty() && isAvailable(out)) {
        var next = stored.removeFirst();
        held -= next.arrivals().size();
        for (var arrival : next.arrivals()) {
          heldBytes -= arrival.size();
        }
        push(out, next);
      }
      pullIfRoom();
      completeIfDone();
    }

    private void completeIfDone() {
      if (isClosed(in) && groups.isEmpty() && stored.isEmpty()) {
        completeStage();
      }
    }
  }
}
