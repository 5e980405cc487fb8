package io.sipscope.bench.chaos;

import io.sipscope.bench.node.NodeProcess;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
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

  private final NodeProcess node;
  private final Traffic traffic;
  private final Optional<PostgresServer> database;
  private final Settings settings;
  private final Random random;
  private final Complaints complaints;

  /// @param away how long a killed database stays away at most, if that is noticed by then
  /// @param hold how long the database hangs, is read-only or slow
  /// @param catchUp how long a node may take until it is ready and has written what it held
  record Settings(Duration away, Duration hold, Duration catchUp) {}

  Injection(
      NodeProcess node,
      Traffic traffic,
      Optional<PostgresServer> database,
      Settings settings,
      Random random,
      Complaints complaints) {
    this.node = node;
    this.traffic = traffic;
    this.database = database;
    this.settings = settings;
    this.random = random;
    this.complaints = complaints;
  }

  private interface Step {
    void take(PostgresServer postgres) throws IOException, SQLException, InterruptedException;
  }

  Recovery inject(Fault fault) throws IOException, SQLException, InterruptedException {
    return switch (fault) {
      case NODE -> killNode();
      case DATABASE -> {
        var away = Duration.ofMillis(random.nextLong(settings.away().toMillis()));
        yield away(fault, away, PostgresServer::kill, PostgresServer::startAgain);
      }
      case HANG -> away(fault, settings.hold(), PostgresServer::pause, PostgresServer::resume);
      case READ_ONLY ->
          away(
              fault,
              settings.hold(),
              postgres -> postgres.readOnly(true),
              postgres -> postgres.readOnly(false));
      case SLOW ->
          away(
              fault,
              settings.hold(),
              postgres -> postgres.slow(SLOWER),
              postgres -> postgres.slow(Duration.ZERO));
    };
  }

  private Recovery killNode() throws IOException, InterruptedException {
    node.kill();
    long start = System.nanoTime();
    node.startAgain();
    return Recovery.ofNode(Watch.millisSince(start));
  }

  private Recovery away(Fault fault, Duration hold, Step begin, Step end)
      throws IOException, SQLException, InterruptedException {
    var postgres = database.orElseThrow();
    long start = System.nanoTime();
    long stored = counters(node).stored();
    begin.take(postgres);
    var watch = new Watch(node, complaints);
    if (fault.isOutage() && !watch.awaitNoticed(NOTICE)) {
      complaints.add(fault.text() + ": /ready was never 503 within " + NOTICE);
    }
    TimeUnit.MILLISECONDS.sleep(Math.max(0, hold.toMillis() - Watch.millisSince(start)));
    stored = counters(node).stored() - stored;
    end.take(postgres);
    long back = System.nanoTime();
    long away = Watch.millisSince(start);
    watch.end();
    long held = counters(node).received();
    var acknowledged = traffic.acknowledged();
    var ready = OptionalLong.empty();
    var written = OptionalLong.empty();
    while (Watch.millisSince(back) < settings.catchUp().toMillis()
        && (ready.isEmpty() || written.isEmpty())) {
      if (ready.isEmpty() && node.get("/ready", ANSWER).statusCode() == OK) {
        ready = OptionalLong.of(Watch.millisSince(back));
      }
      if (written.isEmpty() && counters(node).ended() >= held && traffic.isPast(acknowledged)) {
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
        fault,
        watch.noticedMillis(),
        OptionalLong.of(away),
        OptionalLong.of(stored),
        ready,
        written,
        OptionalLong.of(watch.slowestMillis()));
  }

  static Counters counters(NodeProcess node) throws IOException, InterruptedException {
    return new Counters(node.ingest());
  }
}
