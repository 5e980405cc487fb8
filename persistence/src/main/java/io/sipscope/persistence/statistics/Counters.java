package io.sipscope.persistence.statistics;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// This node's statistics: striped adders that any thread may bump, and values that are computed
/// when read. What each is, the [Catalogue] tells, or who declared it.
public final class Counters {
  /// Names that are made as messages come: a script that counts by what strangers send must not
  /// fill the memory, nor what is sent to the other nodes each second.
  public static final int MAX_DYNAMIC = 2_000;

  /// Where a value comes from.
  private sealed interface Source {
    record Added(LongAdder adder) implements Source {}

    record Computed(LongSupplier value) implements Source {}

    record Divided(Supplier<Fraction> fraction) implements Source {}
  }

  private final Map<StatisticName, Source> sources = new ConcurrentHashMap<>();
  private final Map<String, StatisticName> byBareName = new ConcurrentHashMap<>();
  private final Map<StatisticName, Integer> registered = new ConcurrentHashMap<>();
  private final Map<StatisticName, Description> declared = new ConcurrentHashMap<>();
  private final Map<String, Description> declaredGroups = new ConcurrentHashMap<>();
  private final Map<StatisticName, Baseline> baselines = new ConcurrentHashMap<>();
  private final AtomicInteger registrations = new AtomicInteger();
  private final AtomicInteger dynamic = new AtomicInteger();
  private final LongAdder namesRefused = counter("statistics", "names_refused");

  /// The counter of that name, made on first use; keep it rather than look it up for each tick.
  public LongAdder counter(String group, String name) {
    var full = new StatisticName(group, name);
    return switch (sources.get(full)) {
      case Source.Added(var adder) -> adder;
      case null, default -> made(full);
    };
  }

  private LongAdder made(StatisticName name) {
    return switch (sources.computeIfAbsent(name, _ -> new Source.Added(new LongAdder()))) {
      case Source.Added(var adder) -> {
        register(name);
        yield adder;
      }
      case Source.Computed _, Source.Divided _ ->
          throw new IllegalArgumentException(name + " is computed, and cannot be counted");
    };
  }

  /// A counter whose name comes from outside; empty where there are too many of that kind, which
  /// is counted.
  public Optional<LongAdder> dynamicCounter(StatisticName name) {
    if (sources.get(name) instanceof Source.Added(var adder)) {
      return Optional.of(adder);
    }
    return hasRoom() ? Optional.of(made(name)) : Optional.empty();
  }

  private boolean hasRoom() {
    if (dynamic.incrementAndGet() <= MAX_DYNAMIC) {
      return true;
    }
    dynamic.decrementAndGet();
    namesRefused.increment();
    return false;
  }

  /// Registers a value that is computed when read.
  public void gauge(String group, String name, LongSupplier value) {
    var full = new StatisticName(group, name);
    sources.put(full, new Source.Computed(value));
    register(full);
  }

  /// Takes a computed value away; it keeps its place for when it comes again.
  public void withdraw(String group, String name) {
    sources.remove(new StatisticName(group, name));
  }

  /// Registers an average or a share. Those of several nodes are not added up, but their numerators
  /// and denominators are.
  public void ratio(String group, String name, Supplier<Fraction> fraction) {
    var full = new StatisticName(group, name);
    sources.put(full, new Source.Divided(fraction));
    register(full);
  }

  /// A value whose name comes from outside and that is computed when read.
  ///
  /// @return whether there was room
  boolean dynamicGauge(StatisticName name, LongSupplier value) {
    boolean room = hasRoom();
    if (room) {
      gauge(name.group(), name.name(), value);
    }
    return room;
  }

  boolean dynamicRatio(StatisticName name, Supplier<Fraction> fraction) {
    boolean room = hasRoom();
    if (room) {
      ratio(name.group(), name.name(), fraction);
    }
    return room;
  }

  private void register(StatisticName name) {
    if (registered.putIfAbsent(name, registrations.getAndIncrement()) == null) {
      byBareName.merge(
          name.name().toLowerCase(Locale.ROOT),
          name,
          (first, other) -> compare(first, other) <= 0 ? first : other);
    }
  }

  /// What a statistic is that the catalogue does not know.
  void declare(StatisticName name, Description description) {
    declared.put(name, description);
  }

  /// What all statistics of a group are that the catalogue does not know.
  void declareGroup(String group, Description description) {
    declaredGroups.put(group, description);
  }

  /// What a statistic is: as declared, as the catalogue says, or what can be told from how it was
  /// made.
  public Description describe(StatisticName name) {
    var own = declared.get(name);
    return own != null
        ? own
        : Catalogue.bundled()
            .describe(name)
            .or(() -> Optional.ofNullable(declaredGroups.get(name.group())))
            .orElseGet(() -> Description.unknown(isGauge(name) ? Kind.COMPUTED : Kind.COUNTER));
  }

  /// Whether a name is that of a computed value rather than a counter.
  public boolean isGauge(StatisticName name) {
    return switch (sources.get(name)) {
      case Source.Computed _, Source.Divided _ -> true;
      case null, default -> false;
    };
  }

  public boolean has(StatisticName name) {
    return sources.containsKey(name);
  }

  /// The names there are in a group, in no order.
  public List<StatisticName> group(String group) {
    return sources.keySet().stream().filter(name -> name.group().equals(group)).toList();
  }

  /// The first statistic of a bare name, whatever its group and case.
  Optional<StatisticName> named(String bare) {
    return Optional.ofNullable(byBareName.get(bare.toLowerCase(Locale.ROOT))).filter(this::has);
  }

  /// The order they are shown in: that of the catalogue, then that of their registration here.
  int compare(StatisticName a, StatisticName b) {
    int byCatalogue = Catalogue.bundled().compare(a, b);
    if (byCatalogue != 0) {
      return byCatalogue;
    }
    int byRegistration =
        Integer.compare(
            registered.getOrDefault(a, Integer.MAX_VALUE),
            registered.getOrDefault(b, Integer.MAX_VALUE));
    return byRegistration != 0 ? byRegistration : a.compareTo(b);
  }

  /// Adds to a counter or an amount; what is computed cannot be added to.
  void add(StatisticName name, long by) {
    if (sources.get(name) instanceof Source.Added(var adder)) {
      adder.add(by);
    }
  }

  /// From now on what was counted so far is taken off what is shown, unless a later reset did so
  /// already.
  ///
  /// @param number see [Baseline]
  /// @param sinceStart whether nothing had been counted then: the reset was before this node
  void reset(StatisticName name, long number, boolean sinceStart) {
    baselines.compute(
        name,
        (_, known) ->
            known != null && known.number() >= number
                ? known
                : new Baseline(number, sinceStart ? 0 : value(name)));
  }

  /// From now on so much is taken off what is shown, of all nodes together: what another node
  /// counted is taken off here, so that nothing that was counted meanwhile is lost.
  void takeOff(StatisticName name, long amount) {
    baselines.compute(
        name,
        (_, known) ->
            known == null
                ? new Baseline(Baseline.NEVER.number(), amount)
                : new Baseline(known.number(), known.counted() + amount));
  }

  Map<StatisticName, Baseline> baselines() {
    return Map.copyOf(baselines);
  }

  private long value(StatisticName name) {
    return switch (sources.get(name)) {
      case Source.Added(var adder) -> adder.sum();
      case Source.Computed(var value) -> value.getAsLong();
      case Source.Divided(var fraction) -> fraction.get().value();
      case null -> 0;
    };
  }

  /// Every value by its name, sorted, as counted since this node started: resets do not change it.
  public SortedMap<StatisticName, Long> read() {
    var values = new TreeMap<StatisticName, Long>();
    for (var name : sources.keySet()) {
      values.put(name, value(name));
    }
    return values;
  }

  /// The part of one statistic alone.
  Part part(StatisticName name) {
    var baseline = baselines.get(name);
    var before = baseline == null ? Map.<StatisticName, Baseline>of() : Map.of(name, baseline);
    return switch (sources.get(name)) {
      case Source.Divided(var fraction) ->
          new Part(Map.of(), Map.of(name, fraction.get()), before, Set.of());
      case null -> new Part(Map.of(), Map.of(), before, Set.of());
      case Source.Added _, Source.Computed _ ->
          new Part(Map.of(name, value(name)), Map.of(), before, Set.of());
    };
  }

  /// This node's part of the cluster's statistics.
  Part part() {
    var before = baselines(); // first: nothing is taken off that is not in the values yet
    var values = new HashMap<StatisticName, Long>();
    var fractions = new HashMap<StatisticName, Fraction>();
    sources.forEach(
        (name, source) -> {
          switch (source) {
            case Source.Added(var adder) -> values.put(name, adder.sum());
            case Source.Computed(var value) -> values.put(name, value.getAsLong());
            case Source.Divided(var fraction) -> fractions.put(name, fraction.get());
          }
        });
    return new Part(values, fractions, before, Set.of());
  }
}
