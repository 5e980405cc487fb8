package io.sipscope.bench.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.bench.Call;
import io.sipscope.bench.Frames;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Writes a capture of many messages, imports it into a node with a small heap, and says how long
/// that took and how much memory. Prints one line and one JSON object.
@Command(name = "import", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class ImportRun implements Callable<Integer> {

  /// Calls that overlap: a capture is never one call after the other.
  private static final int INTERLEAVED = 1_000;

  private static final double MICROS = 1e6;

  @Option(names = "--launcher", required = true, hidden = true)
  private Path launcher;

  @Option(names = "--store", defaultValue = "h2", description = "h2, postgres or memory.")
  private String store;

  @Option(names = "--messages", defaultValue = "1000000", description = "Messages in the file.")
  private int messages;

  @Option(names = "--java-opts", defaultValue = "-Xmx512m", description = "Options of its JVM.")
  private String javaOptions;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ImportRun()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var file = Files.createTempFile("sipscope-bench-", ".pcap");
    try {
      write(file);
      var environment = new HashMap<>(Map.of("SIPSCOPE_STORE", store));
      environment.put("SIPSCOPE_JAVA_OPTS", javaOptions);
      try (var node = NodeProcess.start(launcher, environment)) {
        return measure(node, file);
      }
    } finally {
      Files.delete(file);
    }
  }

  private int measure(NodeProcess node, Path file) throws IOException, InterruptedException {
    double cpu = node.proc().cpuSeconds();
    long start = System.nanoTime();
    var report = node.post("/api/captures", BodyPublishers.ofFile(file));
    double seconds = (System.nanoTime() - start) / (double) Duration.ofSeconds(1).toNanos();
    cpu = node.proc().cpuSeconds() - cpu;
    long imported = report.path("messages").asLong();
    var result = new ObjectMapper().createObjectNode();
    result.put("store", store).put("messages", messages).set("report", report);
    result.put("seconds", seconds).put("cpuSeconds", cpu);
    result.put("peakResidentMegabytes", node.proc().peakResidentBytes() >> 20);
    System.out.printf(
        "%s: imported %,d of %,d messages (%,d MB) in %.1f s = %,.0f/s; %.1f us CPU/message, %,d MB"
            + " with %s%n",
        store,
        imported,
        messages,
        Files.size(file) >> 20,
        seconds,
        imported / seconds,
        cpu * MICROS / Math.max(1, imported),
        node.proc().peakResidentBytes() >> 20,
        javaOptions);
    System.out.println(result);
    return imported == messages ? 0 : 1;
  }

  private void write(Path file) throws IOException {
    long time = Instant.now().minus(Duration.ofHours(1)).toEpochMilli() * 1_000_000;
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(Frames.pcapHead());
      int written = 0;
      for (long first = 0; written < messages; first += INTERLEAVED) {
        for (int message = 0; message < Call.MESSAGES; message++) {
          for (long call = first; call < first + INTERLEAVED && written < messages; call++) {
            time += 1_000;
            out.write(Frames.pcapRecord(message, Call.message(message, "import", call), time));
            written++;
          }
        }
      }
    }
  }
}
