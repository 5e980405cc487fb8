package io.sipscope.node.trace;

import io.sipscope.node.BadSetting;
import io.sipscope.node.Resolver;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.Threshold;
import io.sipscope.persistence.trace.DestinationState;
import io.sipscope.persistence.trace.TraceDestination;
import io.sipscope.persistence.trace.TraceDestination.Database;
import io.sipscope.persistence.trace.TraceDestination.File;
import io.sipscope.persistence.trace.TraceDestination.Hep;
import io.sipscope.persistence.trace.TraceDestination.Sip;
import io.sipscope.persistence.trace.TraceDestination.Syslog;
import io.sipscope.persistence.trace.TraceSink;
import io.sipscope.persistence.trace.TraceTarget;
import io.sipscope.persistence.trace.TraceType;
import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All destinations of traces on this node: a [Lane] for each. Whoever traces offers and goes on;
/// what a destination takes late waits in its lane, in memory and then on the disk, or is dropped
/// there and counted.
public final class Destinations implements TraceSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Destinations.class);

  /// How often the lanes are looked at: a queue must not fill in between.
  private static final Duration LOOK = Duration.ofMillis(50);

  /// How long the start waits for databases to say of what version their tables are.
  private static final Duration CHECK = Duration.ofSeconds(10);

  private static final Lane[] NO_LANES = {};

  private final DestinationSettings settings;
  private final Counters counters;
  private final Clock clock;
  private final Deliveries deliveries;
  private final Map<String, Boolean> gauged = new ConcurrentHashMap<>();
  private final Thread looking;
  private volatile Map<TraceTarget, Lane> lanes = Map.of();
  private volatile Map<String, Lane[]> byId = Map.of();
  private volatile boolean closed;

  public Destinations(
      DestinationSettings settings, Counters counters, Resolver resolver, Clock clock) {
    this(settings, counters, resolver, clock, Threshold.NONE);
  }

  /// @param tcp how long it may take to write to a connection
  public Destinations(
      DestinationSettings settings,
      Counters counters,
      Resolver resolver,
      Clock clock,
      Threshold tcp) {
    this.settings = settings;
    this.counters = counters;
    this.clock = clock;
    this.deliveries = new Deliveries(settings, resolver, TlsTrust.of(settings.tlsTrust()), tcp);
    looking = Thread.ofPlatform().name("trace-look").daemon().start(this::look);
  }

  /// Refuses the start when a database can be reached and its table is not what it must be. One
  /// that cannot be reached is tried again by its lane.
  ///
  /// @param key of the setting that has the targets
  /// @throws BadSetting naming the first such target
  public static void check(
      String key, Collection<TraceTarget> targets, DestinationSettings settings) {
    var asked = new LinkedHashMap<TraceTarget, FutureTask<Optional<String>>>();
    for (var target : targets) {
      if (target.destination() instanceof Database database) {
        var question = new FutureTask<>(() -> wrong(database, settings));
        Thread.ofVirtual().name("trace-check").start(question);
        asked.put(target, question);
      }
    }
    long end = System.nanoTime() + CHECK.toNanos();
    asked.forEach(
        (target, question) ->
            answer(question, end - System.nanoTime())
                .ifPresent(
                    why -> {
                      throw new BadSetting(
                          key,
                          "[" + target.id() + "]uri=" + target.uri(),
                          "a database that can be traced into, and " + why);
                    }));
  }

  private static Optional<String> wrong(Database database, DestinationSettings settings)
      throws SQLException {
    try {
      var dialect = TableDialect.of(database.jdbcUrl());
      TraceConnection.open(database, dialect, settings.connectTimeout()).close();
      return Optional.empty();
    } catch (WrongTable e) {
      return Optional.of(e.getMessage());
    } catch (Away e) {
      LOG.warn("a database of traces is tried again: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<String> answer(FutureTask<Optional<String>> question, long nanos) {
    try {
      return question.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      return Optional.empty(); // as if it could not be reached
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// What there is to be now, configured and dynamic: new ones are begun, the lanes of others end.
  public synchronized void targets(Collection<TraceTarget> wanted) {
    if (closed) {
      return;
    }
    var next = new LinkedHashMap<TraceTarget, Lane>();
    for (var target : new LinkedHashSet<>(wanted)) {
      var lane = lanes.get(target);
      next.put(target, lane == null ? begun(target) : lane);
    }
    var gone = lanes.values().stream().filter(lane -> !next.containsValue(lane)).toList();
    lanes = next;
    byId = byId(next.values());
    ending(gone); // whoever told waits for none of them
  }

  private Lane begun(TraceTarget target) {
    var group = Tally.group(target.id(), target.isDynamic());
    gauge(group);
    var tally = new Tally(counters, group);
    var lane =
        new Lane(
            target,
            settings,
            deliveries.to(target.destination()),
            spool(target, tally),
            tally,
            clock);
    lane.start();
    return lane;
  }

  /// A dynamic trace has none: whoever looks on wants to see what is now.
  private TraceSpool spool(TraceTarget target, Tally tally) {
    var folder = settings.spoolFolder().resolve(folder(target));
    try {
      return TraceSpool.of(folder, target.isDynamic() ? 0 : settings.spoolBytes(), tally);
    } catch (IOException e) {
      LOG.warn("{} has no spool: {}", target.uri(), e.toString());
      return TraceSpool.none(folder, tally);
    }
  }

  /// Of the same name as long as the target is the same, as far as a file's name can tell it, and
  /// without what is secret.
  private static Path folder(TraceTarget target) {
    var which = target.id() + '\n' + target.destination();
    var digest = Bytes.of(which).sha256Hex();
    var name = Tally.group(target.id(), false).replace('.', '_');
    return Path.of(name.substring(0, Math.min(64, name.length())) + "-" + digest.substring(0, 12));
  }

  private void gauge(String group) {
    if (gauged.putIfAbsent(group, true) == null) {
      counters.gauge(group, "queued", () -> sum(group, Lane::queued));
      counters.gauge(group, "spool_bytes", () -> sum(group, lane -> lane.state().spoolBytes()));
      counters.gauge(group, "up", () -> sum(group, lane -> lane.state().up() ? 1 : 0));
    }
  }

  private long sum(String group, ToLongFunction<Lane> figure) {
    return lanes.values().stream()
        .filter(lane -> Tally.group(lane.target().id(), lane.target().isDynamic()).equals(group))
        .mapToLong(figure)
        .sum();
  }

  private static Map<String, Lane[]> byId(Collection<Lane> all) {
    var map = new HashMap<String, Lane[]>();
    for (var lane : all) {
      var others = map.getOrDefault(lane.target().id(), NO_LANES);
      var more = Arrays.copyOf(others, others.length + 1);
      more[others.length] = lane;
      map.put(lane.target().id(), more);
    }
    return map;
  }

  @Override
  public void trace(TracedMessage message) {
    for (var lane : byId.getOrDefault(message.traceId(), NO_LANES)) {
      if (takes(lane.target().destination(), message.type())) {
        lane.offer(message);
      }
    }
  }

  /// Only SIP is resent as SIP, is in a table `sip_trace`, or can be said in HEP 1 and 2.
  private static boolean takes(TraceDestination destination, TraceType type) {
    return switch (destination) {
      case Sip _, Database _ -> type == TraceType.SIP;
      case Hep hep -> type == TraceType.SIP || hep.version() == 3;
      case File _, Syslog _ -> true;
    };
  }

  @Override
  public boolean hasRoom(String traceId) {
    for (var lane : byId.getOrDefault(traceId, NO_LANES)) {
      if (!lane.hasRoom()) {
        return false;
      }
    }
    return true;
  }

  /// How each is doing, in the order in which they were given.
  public List<DestinationState> states() {
    return lanes.values().stream().map(Lane::state).toList();
  }

  private void look() {
    while (!closed) {
      lanes.values().forEach(Lane::look);
      LockSupport.parkNanos(this, LOOK.toNanos());
    }
  }

  /// All at once: each may take a moment for what it delivers.
  private static List<Thread> ending(Collection<Lane> gone) {
    return gone.stream().map(lane -> Thread.ofVirtual().start(lane::stop)).toList();
  }

  /// Delivers what it can in a moment; the rest is on the disk for the next start.
  @Override
  public void close() {
    Collection<Lane> all;
    synchronized (this) {
      closed = true;
      all = lanes.values();
      lanes = Map.of();
      byId = Map.of();
    }
    LockSupport.unpark(looking);
    try {
      for (var thread : ending(all)) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
