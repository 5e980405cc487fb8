package io.sipscope.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.bench.Call;
import io.sipscope.bench.Frames;
import io.sipscope.bench.node.NodeProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Imports small captures of calls that nobody saw before, one after the other. An answer of 200
/// goes into the ledger; without one the very same is sent again.
final class Importer implements Runnable {
  /// Calls in one capture.
  private static final int CALLS = 5;

  /// Messages in one capture.
  static final int MESSAGES = CALLS * Call.MESSAGES;
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final long MILLI = Duration.ofMillis(1).toNanos();

  private final NodeProcess node;
  private final Ledger ledger;
  private final Complaints complaints;
  private final String run;
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicLong acknowledged = new AtomicLong();
  private volatile boolean underWay;
  private volatile boolean resting;
  private volatile boolean stopped;

  Importer(NodeProcess node, Ledger ledger, Complaints complaints, String run) {
    this.node = node;
    this.ledger = ledger;
    this.complaints = complaints;
    this.run = run;
  }

  /// Ends it after the capture that is under way.
  void stop() {
    stopped = true;
  }

  /// Begins no new capture until it goes on.
  void rest() {
    resting = true;
  }

  void goOn() {
    resting = false;
  }

  /// Whether a capture was begun and is not acknowledged.
  boolean isUnderWay() {
    return underWay;
  }

  /// Captures that were answered 200.
  long acknowledged() {
    return acknowledged.get();
  }

  /// Captures that were sent and got no answer of 200, each time counted.
  int unanswered() {
    return unanswered.get();
  }

  @Override
  public void run() {
    try {
      for (long call = 0; !stopped; call += CALLS) {
        underWay = true;
        var capture = capture(call);
        while (!isAcknowledged(capture)) {
          unanswered.incrementAndGet();
          TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
        ledger.acknowledged(run, call, CALLS);
        acknowledged.incrementAndGet();
        underWay = false;
        do {
          TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } while (resting && !stopped);
      }
    } catch (InterruptedException _) {
      unanswered.incrementAndGet();
      complaints.add("importer " + run + " was still waiting for its answer");
    }
  }

  private boolean isAcknowledged(byte[] capture) throws InterruptedException {
    try {
      var report = node.post("/api/captures", BodyPublishers.ofByteArray(capture));
      if (!isWhole(report)) {
        complaints.add("a capture of " + MESSAGES + " messages is acknowledged as " + report);
      }
      return true;
    } catch (IOException _) {
      return false; // it was killed, or said that it cannot
    }
  }

  private static boolean isWhole(JsonNode report) {
    return report.path("messages").asInt() == MESSAGES && report.path("malformed").asInt() == 0;
  }

  private byte[] capture(long first) {
    var file = new ByteArrayOutputStream();
    file.writeBytes(Frames.pcapHead());
    long time = System.currentTimeMillis() * MILLI;
    for (int message = 0; message < Call.MESSAGES; message++) {
      for (long call = first; call < first + CALLS; call++) {
        time += MILLI;
        file.writeBytes(Frames.pcapRecord(message, Call.message(message, run, call), time));
      }
    }
    return file.toByteArray();
  }
}
