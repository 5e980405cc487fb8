package io.sipscope.bench.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// What is done to the node, to its database, or between them.
enum Fault {
  /// kill -9 of the node; it is started again at once.
  NODE,

  /// kill -9 of every process of PostgreSQL; it is started again some seconds later.
  DATABASE,

  /// Every process of PostgreSQL is stopped for a while (SIGSTOP), its connections stay open.
  HANG,

  /// PostgreSQL refuses to write for a while, as the stand-by that a failover left behind does.
  READ_ONLY,

  /// Every statement of the node takes longer for a while.
  SLOW,

  /// Nothing gets through between node and PostgreSQL for a while, and nobody is told.
  CUT,

  /// Connections between node and PostgreSQL are broken and refused for a while.
  RESET,

  /// The disk of the store has no room for a while: that of PostgreSQL, or the node's with H2.
  DISK_FULL,

  /// The disk of PostgreSQL has no room for a while, not even for its log, and so it ends.
  LOG_FULL,

  /// PostgreSQL hangs for a while, and the node's disk has no room for its spool.
  SPOOL_FULL,

  /// kill -9 of PostgreSQL, and of the node while it fills its spool, whose end is damaged.
  TORN_SPOOL;

  /// Whether a node to which it happens cannot store anything, and so has to say that it is not
  /// ready.
  boolean isOutage() {
    return this != SLOW && !endsNode();
  }

  /// Whether the node begins a new life.
  boolean endsNode() {
    return this == NODE || this == TORN_SPOOL;
  }

  boolean isOfTheDatabase() {
    return this != NODE && this != DISK_FULL;
  }

  /// Whether the way between node and database must go past this process.
  boolean needsDetour() {
    return this == SLOW || this == CUT || this == RESET;
  }

  /// Whether somebody must have a disk of its own.
  boolean needsVolume() {
    return this == DISK_FULL || this == LOG_FULL || this == SPOOL_FULL;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Fault of(String text) {
    for (var fault : values()) {
      if (fault.text().equals(text)) {
        return fault;
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' (wanted: " + List.of(values()).stream().map(Fault::text).toList() + ")");
  }

  /// Each fault so many times, in an order that the random numbers decide.
  static List<Fault> plan(List<Fault> faults, int times, Random random) {
    var plan = new ArrayList<Fault>();
    for (var fault : faults) {
      plan.addAll(Collections.nCopies(times, fault));
    }
    Collections.shuffle(plan, random);
    return plan;
  }
}
