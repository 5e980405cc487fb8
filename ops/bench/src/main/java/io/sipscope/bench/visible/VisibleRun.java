package io.sipscope.bench.visible;

import io.sipscope.bench.load.Load;
import io.sipscope.bench.load.LoadSettings;
import io.sipscope.bench.node.NodeProcess;
import io.sipscope.protocol.net.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How long it takes from the sending of a message until a search finds its dialog, and until the
/// live stream shows it, while calls come in at a rate.
@Command(name = "visible", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class VisibleRun implements Callable<Integer> {
  private static final int PROBES = 4;
  private static final double MILLI = 1000;

  /// The live stream may be a little behind the search.
  private static final long LAST_EVENTS_MILLIS = 2000;

  @Option(names = "--launcher", required = true, hidden = true)
  private Path launcher;

  @Option(names = "--store", defaultValue = "postgres", description = "h2, postgres or memory.")
  private String store;

  @Option(names = "--rate", defaultValue = "10000", description = "Messages a second.")
  private int rate;

  @Option(names = "--seconds", defaultValue = "30", description = "That are measured.")
  private int seconds;

  @Option(names = "--warm-up", defaultValue = "20", description = "Seconds that are not measured.")
  private int warmUp;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new VisibleRun()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    var environment = new HashMap<>(Map.of("SIPSCOPE_STORE", store));
    try (var node = NodeProcess.start(launcher, environment);
        var live = new LiveWatch(node.uri("/api/live"), Probes.RUN);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var load = threads.submit(() -> load(node).send());
      TimeUnit.SECONDS.sleep(warmUp);
      var probes = new Probes(node);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < PROBES; i++) {
        running.add(
            threads.submit(
                () -> {
                  probes.run(end);
                  return null;
                }));
      }
      for (var probe : running) {
        probe.get();
      }
      TimeUnit.MILLISECONDS.sleep(LAST_EVENTS_MILLIS);
      System.out.printf("%s, %,d messages/s over TCP:%n", store, rate);
      print("search", probes.searched());
      print("live", shown(probes.sent(), live.seen()));
      int unseen = probes.sent().size() - live.seen().size();
      System.out.printf("%d of %d not shown live%n", unseen, probes.sent().size());
      System.out.printf("load sent at %,.0f/s%n", load.get().perSecond());
      return 0;
    }
  }

  private Load load(NodeProcess node) {
    return new Load(
        new LoadSettings(
            node.hep(),
            Transport.TCP,
            rate,
            Duration.ofSeconds(warmUp + seconds),
            Duration.ofSeconds(5),
            "load" + System.currentTimeMillis()));
  }

  /// Microseconds from the sending to the event.
  private static Histogram shown(Map<String, Long> sent, Map<String, Long> seen) {
    var shown = new Histogram(3);
    seen.forEach(
        (callId, at) -> {
          if (sent.containsKey(callId)) {
            shown.recordValue((at - sent.get(callId)) / 1000);
          }
        });
    return shown;
  }

  private static void print(String what, Histogram micros) {
    System.out.printf(
        "%-6s | %5d probes | p50 %.0f ms | p99 %.0f ms | max %.0f ms%n",
        what,
        micros.getTotalCount(),
        micros.getValueAtPercentile(50) / MILLI,
        micros.getValueAtPercentile(99) / MILLI,
        micros.getMaxValue() / MILLI);
  }
}
