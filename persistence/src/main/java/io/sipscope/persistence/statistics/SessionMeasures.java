package io.sipscope.persistence.statistics;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What RFC 6076 measures of registrations and sessions, for each trunk and direction, as this node
/// observed it. A request that is only challenged (401, 402, 407) is neither success nor failure;
/// the one that follows with credentials is the attempt.
public final class SessionMeasures {
  /// Trunks are configured, and so few; what is beyond is put together under [#OTHER].
  private static final int MAX_SIDES = 400;

  /// Stands for trunk and direction where there is none.
  public static final String NONE = "none";

  private static final Side OTHER = new Side("other", "other");

  /// @param direction `in`: the trunk is where the caller is; `out`: where the callee is
  public record Side(String trunk, String direction) implements Comparable<Side> {
    public static final Side NOWHERE = new Side(NONE, NONE);

    @Override
    public int compareTo(Side other) {
      int byTrunk = trunk.compareTo(other.trunk);
      return byTrunk != 0 ? byTrunk : direction.compareTo(other.direction);
    }
  }

  /// How an attempt to begin a session went.
  public enum Outcome {
    /// 2xx.
    ESTABLISHED,
    /// 3xx: not an attempt that could succeed (RFC 6076 §4.6).
    REDIRECTED,
    /// 401, 402, 407: no failure (§4.3.2).
    CHALLENGED,
    /// 480, 486, 600, 603: the network did its part (§4.7).
    USER,
    /// 408, 500, 503, 504 (§4.8).
    INEFFECTIVE,
    /// Any other refusal.
    FAILED;

    public static Outcome of(int status) {
      return switch (status) {
        case 401, 402, 407 -> CHALLENGED;
        case 480, 486, 600, 603 -> USER;
        case 408, 500, 503, 504 -> INEFFECTIVE;
        default -> status < 300 ? ESTABLISHED : status < 400 ? REDIRECTED : FAILED;
      };
    }

    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// What is counted for one side. Each of the numbers may be taken back.
  public static final class Measured {
    public final LongAdder attempts = new LongAdder();
    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
    public final LongAdder completed = new LongAdder();
    public final LongAdder registrations = new LongAdder();
    public final LongAdder ineffectiveRegistrations = new LongAdder();
    public final Histogram registrationDelay = new Histogram(Histogram.DELAYS);
    public final Histogram requestDelay = new Histogram(Histogram.DELAYS);
    public final Histogram failedRequestDelay = new Histogram(Histogram.DELAYS);
    public final Histogram disconnectDelay = new Histogram(Histogram.DELAYS);
    public final Histogram duration = new Histogram(Histogram.TALKS);

    private Measured() {
      for (var outcome : Outcome.values()) {
        outcomes.put(outcome, new LongAdder());
      }
    }

    public LongAdder outcome(Outcome outcome) {
      return outcomes.get(outcome);
    }

    private long sum(Outcome outcome) {
      return outcomes.get(outcome).sum();
    }

    /// Session establishment ratio, §4.6: of 1; not a number before there was an attempt.
    public double establishment() {
      return ratio(sum(Outcome.ESTABLISHED), ownAttempts() - sum(Outcome.REDIRECTED));
    }

    /// Session establishment effectiveness ratio, §4.7.
    public double effectiveness() {
      return ratio(
          sum(Outcome.ESTABLISHED) + sum(Outcome.USER), ownAttempts() - sum(Outcome.REDIRECTED));
    }

    /// Ineffective session attempts, §4.8.
    public double ineffectiveness() {
      return ratio(sum(Outcome.INEFFECTIVE), ownAttempts());
    }

    /// Session completion ratio, §4.9.
    public double completion() {
      return ratio(completed.sum(), ownAttempts());
    }

    /// Ineffective registration attempts, §4.2.
    public double ineffectiveRegistration() {
      return ratio(ineffectiveRegistrations.sum(), registrations.sum());
    }

    private long ownAttempts() {
      return attempts.sum() - sum(Outcome.CHALLENGED);
    }

    private static double ratio(long part, long whole) {
      return whole <= 0 ? Double.NaN : (double) part / whole;
    }
  }

  private final Map<Side, Measured> bySide = new ConcurrentHashMap<>();

  /// Never more than so many sides, and one for the rest.
  public Measured of(Side side) {
    var known = bySide.get(side);
    return known != null ? known : learn(side);
  }

  private synchronized Measured learn(Side side) {
    var kept = bySide.size() < MAX_SIDES ? side : OTHER;
    return bySide.computeIfAbsent(kept, _ -> new Measured());
  }

  /// Every side by its name.
  public SortedMap<Side, Measured> sides() {
    return new TreeMap<>(bySide);
  }

  /// What the outcomes are called.
  public static List<Outcome> outcomes() {
    return List.of(Outcome.values());
  }
}
