package io.sipscope.node.sources.live;

import io.sipscope.http.agents.SourceState;
import io.sipscope.node.ingest.CaptureReader;
import io.sipscope.node.sources.Backoff;
import io.sipscope.node.sources.Handover;
import io.sipscope.node.sources.Tally;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a program capturing on one interface, and reads what it writes. When the ingest is full it
/// reads no further: the pipe fills, then the kernel's buffer, and what does not fit there the
/// program counts as dropped.
///
/// It is started again for ever, as what keeps it from running, a missing right or interface, may
/// be mended meanwhile.
final class InterfaceCapture {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceCapture.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /// Who captured so long had a reason of its own to end.
  private static final long RAN_WELL_NANOS = Duration.ofSeconds(10).toNanos();

  /// The same complaint is told again after so long.
  private static final long TELL_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

  private static final String HOW_TO_PERMIT = " (ops/docs/sources.md tells how to permit it)";

  private final String name;
  private final CaptureSettings settings;
  private final List<Path> folders;
  private final Leash leash;
  private final Handover handover;
  private final Tally tally;
  private final LiveReading reading;
  private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CompletableFuture<Done> ended = new CompletableFuture<>();
  private Optional<CaptureChild> child = Optional.empty();
  private boolean hasCaptured;
  private long awaySince;
  private String told = "";
  private long toldAt;

  InterfaceCapture(
      String name,
      CaptureSettings settings,
      List<Path> folders,
      Leash leash,
      Handover handover,
      Tally tally,
      LiveReading reading) {
    this.name = name;
    this.settings = settings;
    this.folders = folders;
    this.leash = leash;
    this.handover = handover;
    this.tally = tally;
    this.reading = reading;
  }

  /// A platform thread, which the child is on the leash of.
  void start() {
    Thread.ofPlatform().daemon().name("capture-" + name).start(this::run);
  }

  SourceState state() {
    return tally.state();
  }

  CompletionStage<Done> close() {
    closing.countDown();
    synchronized (this) {
      child.ifPresent(CaptureChild::stop);
    }
    return ended.thenCompose(_ -> handover.end());
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void run() {
    try {
      while (!isClosing()) {
        var why = capture();
        if (!isClosing()) {
          rest(why);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.complete(Done.getInstance());
    }
  }

  private void rest(String why) throws InterruptedException {
    var pause = backoff.pause();
    var again = " It is tried again " + pause.toSeconds() + " s later.";
    tally.connecting(why + again);
    long now = System.nanoTime();
    if (!why.equals(told) || now - toldAt > TELL_AGAIN_NANOS) {
      told = why;
      toldAt = now;
      LOG.warn("capture on {}: {}{}", name, why, again);
    }
    if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.debug("capture on {} is closed", name);
    }
  }

  /// One run of the program, until it ends; answers why it did.
  private String capture() throws InterruptedException {
    var found = CaptureProgram.find(settings.program(), folders);
    if (found.isEmpty()) {
      return settings.program().isEmpty()
          ? "None of dumpcap, tshark and tcpdump is installed."
          : settings.program() + " is no program that can be run.";
    }
    var program = found.get();
    long startedAt = System.nanoTime();
    Optional<CaptureChild> started;
    try {
      started = started(program);
    } catch (IOException e) {
      return program.name() + " could not be started: " + e.getMessage() + ".";
    }
    if (started.isEmpty()) {
      return "";
    }
    var running = started.get();
    read(program, running);
    var words = running.ended();
    synchronized (this) {
      child = Optional.empty();
    }
    awaySince = System.nanoTime();
    if (awaySince - startedAt >= RAN_WELL_NANOS) {
      backoff.wentWell();
    }
    tally.dropped(words.dropped());
    return program.name() + " ended" + why(running, words);
  }

  /// Empty when it is closing, so that no child is left behind.
  private synchronized Optional<CaptureChild> started(CaptureProgram program) throws IOException {
    if (!isClosing()) {
      child = Optional.of(CaptureChild.start(leash.on(program.command(name, settings))));
    }
    return child;
  }

  private String why(CaptureChild running, ChildWords words) {
    var failure = reading.failure();
    if (failure.isPresent()) {
      return " or was ended, as it wrote what is no capture: " + failure.get().getMessage() + ".";
    }
    return words
        .complaint()
        .map(complaint -> ": " + complaint + (isAboutRights(complaint) ? HOW_TO_PERMIT : ""))
        .orElseGet(() -> " with exit code " + running.exitCode() + ".");
  }

  private static boolean isAboutRights(String complaint) {
    return complaint.toLowerCase(Locale.ROOT).contains("permission");
  }

  private void read(CaptureProgram program, CaptureChild running) {
    try {
      int first = running.output().read();
      if (first < 0) {
        return;
      }
      captures(program);
      var bytes =
          new SequenceInputStream(
              new ByteArrayInputStream(new byte[] {(byte) first}), running.output());
      var reader = new CaptureReader(bytes, reading);
      for (var arrival = reader.next(); arrival.isPresent(); arrival = reader.next()) {
        handover.put(arrival.get());
      }
      reader.close();
    } catch (IOException e) {
      reading.fail(e);
    }
  }

  /// The head of a capture came: from now on it captures.
  private void captures(CaptureProgram program) {
    if (hasCaptured) {
      long millis = (System.nanoTime() - awaySince) / 1_000_000;
      var gap =
          "Nothing was captured for " + millis + " ms before " + program.name() + " was back.";
      tally.up(gap);
      LOG.warn("capture on {}: {}", name, gap);
    } else {
      tally.up("");
      LOG.info("{} captures on {}", program.name(), name);
    }
    hasCaptured = true;
  }
}
