package io.sipscope.bench.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sipscope.bench.load.Load;
import io.sipscope.bench.load.LoadSettings;
import io.sipscope.protocol.net.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Starts a node, sends it HEP at a rate, waits until everything is stored or counted as lost, and
/// says what it cost. Prints one line and one JSON object.
@Command(name = "ingest", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class IngestRun implements Callable<Integer> {
  private static final Duration SETTLE = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 500;
  private static final double MICROS = 1e6;

  @Option(names = "--launcher", required = true, hidden = true)
  private Path launcher;

  @Option(names = "--store", defaultValue = "h2", description = "h2, postgres or memory.")
  private String store;

  @Option(names = "--database-pid", description = "The postmaster, to count its CPU time too.")
  private long databasePid;

  @Option(names = "--transport", defaultValue = "TCP", description = "UDP or TCP.")
  private Transport transport;

  @Option(names = "--rate", defaultValue = "5000", description = "Messages a second.")
  private int rate;

  @Option(names = "--seconds", defaultValue = "10", description = "Calls start for so long.")
  private int seconds;

  @Option(names = "--talk", defaultValue = "5", description = "Seconds each call lasts.")
  private int talk;

  @Option(names = "--warm-up", defaultValue = "5", description = "Seconds that are not measured.")
  private int warmUp;

  @Option(names = "--java-opts", defaultValue = "-Xmx1g", description = "Options of its JVM.")
  private String javaOptions;

  @Option(
      names = "--trace",
      description = "Trace every message by HEP3 over TCP and into PostgreSQL, the store's.")
  private boolean trace;

  @Option(names = "--script", description = "The policy script that it runs for each message.")
  private Path script;

  @Option(
      names = "--events",
      arity = "0..1",
      defaultValue = "-1",
      fallbackValue = "3",
      description = "Two events for every message, told to so many subscribers; 0 to compare with.")
  private int subscribers;

  /// @param ingest the node's counters
  private record Reading(
      SortedMap<String, Long> ingest, double nodeCpu, double databaseCpu, long at) {
    long of(String counter) {
      return ingest.getOrDefault(counter, 0L);
    }
  }

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new IngestRun())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var environment = new HashMap<>(Map.of("SIPSCOPE_STORE", store));
    environment.put("SIPSCOPE_JAVA_OPTS", javaOptions);
    if (script != null) {
      environment.put("SIPSCOPE_SCRIPT_FILE", script.toAbsolutePath().toString());
    }
    var place = NodeProcess.Place.anywhere();
    try (var traced = new TraceEverything();
        var readers = new EventReaders(Math.max(0, subscribers));
        var node = NodeProcess.start(launcher, environment, place, options(traced, place))) {
      readers.subscribe(node);
      if (warmUp > 0) {
        load(node, "warm", Math.max(1, rate / 2), warmUp).send();
        settled(node);
      }
      var before = read(node);
      var sent = load(node, "run", rate, seconds).send();
      var after = settled(node);
      print(node, readers, sent, before, after);
      return lost(sent, before, after) == 0 ? 0 : 1;
    }
  }

  private List<String> options(TraceEverything traced, NodeProcess.Place place) throws IOException {
    if (subscribers >= 0) {
      return List.of("--config", EventReaders.written(place.folder()).toString());
    }
    if (!trace) {
      return List.of();
    }
    var url = System.getenv("SIPSCOPE_POSTGRES_URL");
    if (url == null) {
      throw new IOException("--trace needs --store postgres");
    }
    var user = System.getenv().getOrDefault("SIPSCOPE_POSTGRES_USER", "");
    var password = System.getenv().getOrDefault("SIPSCOPE_POSTGRES_PASSWORD", "");
    return List.of("--config", traced.written(place.folder(), url, user, password).toString());
  }

  private Load load(NodeProcess node, String run, int perSecond, int duration) {
    return new Load(
        new LoadSettings(
            node.hep(),
            transport,
            perSecond,
            Duration.ofSeconds(duration),
            Duration.ofSeconds(talk),
            run + System.currentTimeMillis()));
  }

  /// Waits until nothing is in flight and nothing more came since the last look.
  private Reading settled(NodeProcess node) throws IOException, InterruptedException {
    long end = System.nanoTime() + SETTLE.toNanos();
    var last = read(node);
    while (System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      var now = read(node);
      if (now.of("in_flight") == 0
          && now.of("received") == last.of("received")
          && isTraced(node, now)) {
        return now;
      }
      last = now;
    }
    throw new IOException("not settled after " + SETTLE + ": " + last.ingest());
  }

  private boolean isTraced(NodeProcess node, Reading now) throws IOException, InterruptedException {
    if (!trace) {
      return true;
    }
    var counts = node.statistics(TraceEverything.GROUP);
    return counts.getOrDefault("sent", 0L) + counts.getOrDefault("dropped", 0L)
        >= TraceEverything.DESTINATIONS * now.of("persisted");
  }

  private Reading read(NodeProcess node) throws IOException, InterruptedException {
    return new Reading(
        node.ingest(),
        node.proc().cpuSeconds(),
        databasePid > 0 ? new ProcFiles(databasePid).cpuSecondsOfFamily() : 0,
        System.nanoTime());
  }

  /// What was sent and is in no counter: the conservation law demands 0.
  private static long lost(Load.Sent sent, Reading before, Reading after) {
    return sent.messages() - (after.of("received") - before.of("received"));
  }

  private void print(
      NodeProcess node, EventReaders readers, Load.Sent sent, Reading before, Reading after)
      throws IOException, InterruptedException {
    long stored = after.of("persisted") - before.of("persisted");
    double wall = TimeUnit.NANOSECONDS.toMillis(after.at() - before.at()) / 1000.0;
    ObjectNode result = new ObjectMapper().createObjectNode();
    result.put("store", store).put("transport", transport.text()).put("rate", rate);
    result.put("script", script == null ? "" : script.getFileName().toString());
    result.put("calls", sent.calls()).put("sent", sent.messages());
    result.put("sentPerSecond", Math.round(sent.perSecond()));
    result.put("received", after.of("received") - before.of("received"));
    result.put("stored", stored).put("unaccounted", lost(sent, before, after));
    result.put("seconds", wall).put("storedPerSecond", Math.round(stored / wall));
    result.put("nodeMicrosPerMessage", micros(after.nodeCpu() - before.nodeCpu(), stored));
    if (databasePid > 0) {
      double cpu = after.databaseCpu() - before.databaseCpu();
      result.put("databaseMicrosPerMessage", micros(cpu, stored));
    }
    result.put("peakResidentMegabytes", node.proc().peakResidentBytes() >> 20);
    result.put("lateMicrosP99", sent.late().getValueAtPercentile(99));
    if (trace) {
      var traced = result.putObject("trace");
      node.statistics(TraceEverything.GROUP).forEach(traced::put);
    }
    if (subscribers >= 0) {
      var events = result.putObject("events");
      node.statistics(EventReaders.GROUP).forEach(events::put);
      events.put("received", readers.received());
    }
    var counters = result.putObject("counters");
    after.ingest().forEach((name, value) -> counters.put(name, value - before.of(name)));
    System.out.printf(
        "%s over %s at %,d/s: sent %,d, stored %,d, unaccounted %d; node %.1f us/message, %,d MB%n",
        store,
        transport.text(),
        rate,
        sent.messages(),
        stored,
        lost(sent, before, after),
        micros(after.nodeCpu() - before.nodeCpu(), stored),
        node.proc().peakResidentBytes() >> 20);
    System.out.println(result);
  }

  private static double micros(double cpuSeconds, long messages) {
    return messages == 0 ? 0 : Math.round(cpuSeconds * MICROS / messages * 10) / 10.0;
  }
}
