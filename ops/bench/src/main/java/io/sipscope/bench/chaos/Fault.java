package io.sipscope.bench.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// What is done to the node or to its database.
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
  SLOW;

  /// Whether a node to which it happens cannot store anything, and so has to say that it is not
  /// ready.
  boolean isOutage() {
    return this != SLOW && this != NODE;
  }

  boolean isOfTheDatabase() {
    return this != NODE;
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
