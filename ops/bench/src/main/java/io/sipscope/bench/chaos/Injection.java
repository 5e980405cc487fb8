package io.sipscope.bench.chaos;

import io.sipscope.bench.node.NodeProcess;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Does one fault to the node or its database, and waits until both are well again.
final class Injection {
  /// A node looks after its store every two seconds, and waits five for an answer.
  private static final Duration NOTICE = Duration.ofSeconds(15);

  /// A database on the other side of an ocean.
  private static final Duration SLOWER = Duration.ofMillis(200);

  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 50;
  private static final int OK = 200;
  private static final long MILLIS = 1_000;

  /// What a slow database still takes, messages a second; fewer where fewer come.
  private static final long STILL_STORED = 200;

  /// A slow database is no excuse for MI.
  private static final long COMMAND_MILLIS = 1_000;

  /// A spool of so many bytes is worth tearing; and how long it may take to get there.
  private static final long SPOOLED = 256 << 10;

  private static final Duration SPOOLING = Duration.ofSeconds(30);

  private final Scene scene;
  private final NodeProcess node;
  private final Traffic traffic;
  private final Settings settings;
  private final Random random;
  private final Complaints complaints;

  /// @param away how long a killed database stays away at most, if that is noticed by then
  /// @param hold how long the database hangs, is read-only, slow, cut off or full
  /// @param catchUp how long a node may take until it is ready and has written what it held
  record Settings(Duration away, Duration hold, Duration catchUp) {}

  Injection(Scene scene, Traffic traffic, Settings settings, Random random, Complaints complaints) {
    this.scene = scene;
    this.node = scene.node();
    this.traffic = traffic;
    this.settings = settings;
    this.random = random;
    this.complaints = complaints;
  }

  private interface Step {
    void take() throws IOException, SQLException, InterruptedException;
  }

  Recovery inject(Fault fault) throws IOException, SQLException, InterruptedException {
    return switch (fault) {
      case NODE -> killNode();
      case DATABASE -> {
        var away = Duration.ofMillis(random.nextLong(settings.away().toMillis()));
        yield away(fault, away, database()::kill, database()::startAgain);
      }
      case HANG -> hold(fault, database()::pause, database()::resume);
      case READ_ONLY ->
          hold(fault, () -> database().readOnly(true), () -> database().readOnly(false));
      case SLOW -> slow();
      case CUT -> hold(fault, database().detour()::cut, database().detour()::goOn);
      case RESET -> hold(fault, database().detour()::reset, database().detour()::goOn);
      case DISK_FULL -> hold(fault, scene.storeVolume()::fill, this::freeStore);
      case LOG_FULL -> hold(fault, this::fillLog, this::freeStore);
      case SPOOL_FULL -> hold(fault, this::fillSpool, this::freeSpool);
      case TORN_SPOOL -> tearSpool();
    };
  }

  private PostgresServer database() {
    return scene.database().orElseThrow();
  }

  private Recovery killNode() throws IOException, InterruptedException {
    node.kill();
    return Recovery.ofNode(Fault.NODE, startNode(), OptionalLong.empty());
  }

  /// Answers how many milliseconds it took.
  private long startNode() throws IOException, InterruptedException {
    long start = System.nanoTime();
    node.startAgain();
    return Watch.millisSince(start);
  }

  private Recovery slow() throws IOException, SQLException, InterruptedException {
    var detour = database().detour();
    var recovery = hold(Fault.SLOW, () -> detour.delay(SLOWER), detour::goOn);
    long least = Math.min(STILL_STORED, traffic.rate() / 2);
    long stored = recovery.stored().orElseThrow() * MILLIS / recovery.away().orElseThrow();
    if (stored < least) {
      complaints.add("slow: " + stored + " messages a second were stored, wanted " + least);
    }
    if (recovery.seen().command().orElseThrow() > COMMAND_MILLIS) {
      complaints.add("slow: p99 of MI was " + recovery.seen().command().getAsLong() + " ms");
    }
    return recovery;
  }

  private void fillLog() throws IOException, InterruptedException {
    scene.storeVolume().fill();
    if (!database().endLog()) {
      complaints.add("log-full: PostgreSQL still has room for its log");
    }
  }

  /// A PostgreSQL that gave up for want of room is started again, as a supervisor would.
  private void freeStore() throws IOException, InterruptedException {
    scene.storeVolume().free();
    var postgres = scene.database();
    if (postgres.isPresent() && !postgres.get().isAlive()) {
      postgres.get().startAgain();
    }
  }

  private void fillSpool() throws IOException, InterruptedException {
    scene.nodeVolume().fill();
    database().pause();
  }

  private void freeSpool() throws IOException, InterruptedException {
    scene.nodeVolume().free();
    database().resume();
  }

  /// Everything in the spool before its damage must be stored by the node's next life.
  private Recovery tearSpool() throws IOException, InterruptedException {
    var spool = node.place().data().resolve("spool");
    database().kill();
    long end = System.nanoTime() + SPOOLING.toNanos();
    while (counters().ofSpool() < SPOOLED && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    node.kill();
    var tear = SpoolTear.tear(spool, random);
    database().startAgain();
    long start = System.nanoTime();
    long ready = startNode();
    var written = OptionalLong.empty();
    while (written.isEmpty() && Watch.millisSince(start) < settings.catchUp().toMillis()) {
      var now = counters();
      if (now.unspooled() >= tear.messages() && now.ofSpool() == 0 && now.inFlight() == 0) {
        written = OptionalLong.of(Watch.millisSince(start));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    check(tear, counters().unspooled());
    return Recovery.ofNode(Fault.TORN_SPOOL, ready, written);
  }

  private void check(SpoolTear tear, long unspooled) throws InterruptedException {
    var when = "torn-spool: " + tear.what() + ": ";
    System.err.println("chaos: " + when + tear.messages() + " messages before that");
    if (tear.messages() == 0) {
      complaints.add(when + "nothing was in it, so nothing was tried");
    }
    if (unspooled != tear.messages()) {
      complaints.add(when + unspooled + " messages were taken, wanted " + tear.messages());
    }
    long missing = new MessageCheck(node, complaints).missing(tear.prints());
    if (missing != 0) {
      complaints.add(when + missing + " messages are not stored");
    }
  }

  private Recovery hold(Fault fault, Step begin, Step end)
      throws IOException, SQLException, InterruptedException {
    return away(fault, settings.hold(), begin, end);
  }

  private Recovery away(Fault fault, Duration hold, Step begin, Step end)
      throws IOException, SQLException, InterruptedException {
    long start = System.nanoTime();
    long stored = counters().stored();
    begin.take();
    var watch = new Watch(node, complaints);
    if (fault.isOutage() && !watch.awaitNoticed(NOTICE)) {
      complaints.add(fault.text() + ": /ready was never 503 within " + NOTICE);
    }
    TimeUnit.MILLISECONDS.sleep(Math.max(0, hold.toMillis() - Watch.millisSince(start)));
    stored = counters().stored() - stored;
    end.take();
    long back = System.nanoTime();
    long away = Watch.millisSince(start);
    var seen = watch.end();
    long held = counters().received();
    var acknowledged = traffic.acknowledged();
    var ready = OptionalLong.empty();
    var written = OptionalLong.empty();
    while (Watch.millisSince(back) < settings.catchUp().toMillis()
        && (ready.isEmpty() || written.isEmpty())) {
      if (ready.isEmpty() && node.get("/ready", ANSWER).statusCode() == OK) {
        ready = OptionalLong.of(Watch.millisSince(back));
      }
      if (written.isEmpty() && counters().ended() >= held && traffic.isPast(acknowledged)) {
        written = OptionalLong.of(Watch.millisSince(back));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    if (ready.isEmpty()) {
      complaints.add(fault.text() + ": not ready within " + settings.catchUp());
    }
    if (written.isEmpty()) {
      complaints.add(fault.text() + ": what was held is not stored within " + settings.catchUp());
    }
    return new Recovery(
        fault, seen, OptionalLong.of(away), OptionalLong.of(stored), ready, written);
  }

  private Counters counters() throws IOException, InterruptedException {
    return counters(node);
  }

  static Counters counters(NodeProcess node) throws IOException, InterruptedException {
    return new Counters(node.ingest());
  }
}
