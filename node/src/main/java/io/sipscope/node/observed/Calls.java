package io.sipscope.node.observed;

import io.sipscope.persistence.dialog.DialogListener;
import io.sipscope.persistence.dialog.Standing;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.SessionMeasures;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.dialog.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Counts dialogs: the groups `dialog` and `trunk-*`, and through [Transactions] and [Sessions]
/// what their transactions say.
///
/// Every number is a sum over dialogs of what one dialog adds to it as it stands. A change takes
/// back what the dialog added before, and adds what it adds now; so the sums are right in whatever
/// order messages come, and wherever the dialog lives.
public final class Calls implements DialogListener {
  /// Trunks are configured; only a mistake makes more of them.
  private static final int MAX_TRUNKS = 200;

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private static final int ACTIVE = 0;
  private static final int EARLY = 1;
  private static final int TRYING = 2;

  private final Counters counters;
  private final LongSupplier clock;
  private final LongAdder processed;
  private final LongAdder failed;
  private final Expiring expiring;
  private final Map<String, Trunk> trunks = new ConcurrentHashMap<>();
  private final Transactions transactions;
  private final Sessions sessions;

  private record Trunk(LongAdder calls, LongAdder answered, LongAdder failed, Expiring expiring) {}

  /// @param clock nanoseconds since the epoch
  public Calls(Counters counters, SessionMeasures measures, LongSupplier clock) {
    this.counters = counters;
    this.clock = clock;
    processed = counters.counter("dialog", "processed_dialogs");
    failed = counters.counter("dialog", "failed_dialogs");
    expiring = expiring(counters, "dialog", "_dialogs");
    transactions = new Transactions(counters);
    sessions = new Sessions(measures);
  }

  private static Expiring expiring(Counters counters, String group, String ending) {
    var expired = counters.counter(group, "expired" + ending);
    return new Expiring(
        MINUTE,
        new Expiring.Kind(counters.counter(group, "active" + ending), expired),
        new Expiring.Kind(counters.counter(group, "early" + ending), expired),
        new Expiring.Kind(new LongAdder(), expired));
  }

  /// Called once a second: counts what expired meanwhile.
  public void tick() {
    long now = clock.getAsLong();
    expiring.expire(now);
    trunks.values().forEach(trunk -> trunk.expiring.expire(now));
    transactions.expire(now);
  }

  @Override
  public void changed(Optional<Standing> before, Standing after, DialogRow row) {
    long now = clock.getAsLong();
    before.ifPresent(standing -> call(standing, -1, now));
    call(after, 1, now);
    var known = before.map(Standing::transactions).orElse(List.of());
    boolean sameSide =
        before.isPresent() && Sessions.side(before.get()).equals(Sessions.side(after));
    for (int i = 0; i < after.transactions().size(); i++) {
      var is = after.transactions().get(i);
      var was = i < known.size() ? Optional.of(known.get(i)) : Optional.<Transaction>empty();
      if (!was.equals(Optional.of(is))) {
        was.ifPresent(old -> transactions.count(old, -1, now));
        transactions.count(is, 1, now);
      }
      if (!sameSide || !was.equals(Optional.of(is))) {
        was.ifPresent(old -> sessions.count(before.get(), old, -1));
        sessions.count(after, is, 1);
      }
    }
    before.ifPresent(standing -> sessions.count(standing, -1));
    sessions.count(after, 1);
  }

  /// A dialog that was going on before this node came to count.
  public void resumed(DialogRow row) {
    var summary = row.summary();
    long now = clock.getAsLong();
    if (summary.method().equals("INVITE")) {
      int kind = kind(summary.phase());
      expiring.count(kind, summary.expiresAt(), 1, now);
      if (!row.trunk().isEmpty()) {
        trunk(row.trunk())
            .ifPresent(trunk -> trunk.expiring.count(kind, summary.expiresAt(), 1, now));
      }
    }
  }

  private void call(Standing standing, int sign, long now) {
    if (!standing.call()) {
      return;
    }
    boolean isFailed = standing.phase() == Phase.FAILED || standing.phase() == Phase.CANCELLED;
    processed.add(sign);
    failed.add(isFailed ? sign : 0);
    expiring.count(kind(standing.phase()), standing.expiresAt(), sign, now);
    if (!standing.trunk().isEmpty()) {
      trunk(standing.trunk())
          .ifPresent(
              trunk -> {
                trunk.calls.add(sign);
                trunk.failed.add(isFailed ? sign : 0);
                trunk.answered.add(isAnswered(standing) ? sign : 0);
                trunk.expiring.count(kind(standing.phase()), standing.expiresAt(), sign, now);
              });
    }
  }

  private static boolean isAnswered(Standing standing) {
    return standing.phase() == Phase.CONFIRMED || standing.phase() == Phase.TERMINATED;
  }

  private static int kind(Phase phase) {
    return switch (phase) {
      case CONFIRMED -> ACTIVE;
      case EARLY -> EARLY;
      case TRYING, TERMINATED, FAILED, CANCELLED, EXPIRED -> TRYING;
    };
  }

  private Optional<Trunk> trunk(String name) {
    var known = trunks.get(name);
    return known != null ? Optional.of(known) : learn(name);
  }

  private synchronized Optional<Trunk> learn(String name) {
    if (trunks.size() >= MAX_TRUNKS && !trunks.containsKey(name)) {
      return Optional.empty();
    }
    return Optional.of(trunks.computeIfAbsent(name, this::newTrunk));
  }

  private Trunk newTrunk(String name) {
    var group = "trunk-" + StatisticName.cleaned(name);
    return new Trunk(
        counters.counter(group, "calls"),
        counters.counter(group, "answered"),
        counters.counter(group, "failed"),
        expiring(counters, group, ""));
  }
}
