package io.sipscope.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.bench.Call;
import io.sipscope.bench.Frames;
import io.sipscope.bench.node.NodeProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
  private final AtomicLong acknowledged = new AtomicLong();
  private volatile Sent sent = new Sent(0, 0, 0);
  private volatile boolean underWay;
  private volatile boolean resting;
  private volatile boolean stopped;

  Importer(NodeProcess node, Ledger ledger, Complaints complaints, String run) {
    this.node = node;
    this.ledger = ledger;
    this.complaints = complaints;
    this.run = run;
  }

  /// What one life of the node was sent.
  ///
  /// @param life of the node, see [NodeProcess#starts]
  /// @param answered captures that were answered 200
  /// @param unanswered attempts that were not: nobody knows how much of them arrived
  record Sent(int life, long answered, long unanswered) {}

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

  /// To the life of the node that it last spoke to.
  Sent sent() {
    return sent;
  }

  @Override
  public void run() {
    try {
      for (long call = 0; !stopped; call += CALLS) {
        underWay = true;
        var capture = capture(call);
        while (!isAcknowledged(capture)) {
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
      add(sent.life(), 0, 1);
      complaints.add("importer " + run + " was still waiting for its answer");
    }
  }

  private boolean isAcknowledged(byte[] capture) throws InterruptedException {
    int life = node.starts();
    try {
      var report = node.post("/api/captures", BodyPublishers.ofByteArray(capture));
      if (!isWhole(report)) {
        complaints.add("a capture of " + MESSAGES + " messages is acknowledged as " + report);
      }
      add(life, 1, 0);
      return true;
    } catch (ConnectException _) {
      return false; // nobody is there
    } catch (IOException _) {
      add(life, 0, 1); // it was killed, or said that it cannot
      return false;
    }
  }

  private void add(int life, int answered, int unanswered) {
    var before = sent.life() == life ? sent : new Sent(life, 0, 0);
    sent = new Sent(life, before.answered() + answered, before.unanswered() + unanswered);
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
