package io.sipscope.bench.node;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// What a process took, from its start to its end.
///
/// @param output what it wrote, both streams
/// @param cpuSeconds user and system time, at the last look before it ended
/// @param peakResidentBytes likewise
record ProcessCost(
    int exitCode, String output, double seconds, double cpuSeconds, long peakResidentBytes) {

  /// How often it is looked at: what it takes after the last look is missed.
  private static final long LOOK_MILLIS = 50;

  /// Runs it to its end, with no input.
  static ProcessCost of(ProcessBuilder builder) throws IOException, InterruptedException {
    var output = Files.createTempFile("sipscope-bench-", ".out");
    try {
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
      return watched(builder.start(), output);
    } finally {
      Files.delete(output);
    }
  }

  private static ProcessCost watched(Process process, Path output)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    var proc = new ProcFiles(process.pid());
    double cpu = 0;
    long peak = 0;
    try {
      do {
        try {
          cpu = Math.max(cpu, proc.cpuSeconds());
          peak = Math.max(peak, proc.peakResidentBytes());
        } catch (IOException _) {
          // it has just ended, and has no memory any more
        }
      } while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS));
      double seconds = (System.nanoTime() - start) / (double) Duration.ofSeconds(1).toNanos();
      var said = Files.readString(output).strip();
      return new ProcessCost(process.exitValue(), said, seconds, cpu, peak);
    } finally {
      process.destroyForcibly();
    }
  }
}
