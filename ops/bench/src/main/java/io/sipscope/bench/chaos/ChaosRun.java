package io.sipscope.bench.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Starts a node and its database, loads them, does things to them, and says whether anything that
/// was acknowledged got lost. Prints JSON lines and a table; ends with 1 when something is wrong.
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Kills the node and the database under load, and looks for what got lost.")
public final class ChaosRun implements Callable<Integer> {

  /// A seed that a human can type again.
  static final int SEEDS = 1_000_000;

  @Option(names = "--launcher", required = true, hidden = true)
  private Path launcher;

  @Option(names = "--store", defaultValue = "postgres", description = "postgres, h2 or memory.")
  private String store;

  @Option(
      names = "--faults",
      split = ",",
      defaultValue = "node,database",
      converter = FaultConverter.class,
      description = {
        "node, database, hang, read-only, slow, cut, reset, disk-full, log-full, spool-full,"
            + " torn-spool; separated by commas. Disks are filled by root only: they are mounted"
            + " (tmpfs)."
      })
  private List<Fault> faults;

  @Option(names = "--times", defaultValue = "20", description = "How often each of them happens.")
  private int times;

  @Option(
      names = "--seed",
      description = "Of the order of faults and the pauses between them; else a new one.")
  private Long seed;

  @Option(names = "--rate", defaultValue = "1000", description = "HEP messages a second, over TCP.")
  private int rate;

  @Option(names = "--importers", defaultValue = "2", description = "Who import capture files.")
  private int importers;

  @Option(
      names = "--between",
      defaultValue = "4",
      description = "Seconds of peace before a fault, at most.")
  private int between;

  @Option(
      names = "--away-seconds",
      defaultValue = "15",
      description = "How long a database that was killed stays away, at most.")
  private int away;

  @Option(
      names = "--hold-seconds",
      defaultValue = "20",
      description = "How long the database hangs, is read-only, slow, cut off or full.")
  private int hold;

  @Option(
      names = "--catch-up-seconds",
      defaultValue = "30",
      description = "How long the node may take to store what it held.")
  private int catchUp;

  @Option(
      names = "--port",
      defaultValue = "27000",
      description = {
        "The first of five ports: HTTP, HEP, cluster, two of PostgreSQL. Below 32768, where nobody"
            + " else's connection takes one while its owner is down."
      })
  private int port;

  @Option(names = "--java-opts", defaultValue = "-Xmx512m", description = "Options of its JVM.")
  private String javaOptions;

  @Option(
      names = "--postgres-setting",
      description = "NAME=VALUE, such as synchronous_commit=off to see losses.")
  private List<String> postgres = List.of();

  @Option(names = "--keep", description = "Keep data and logs also when all is well.")
  private boolean keep;

  @Spec private CommandSpec spec;

  private static final class FaultConverter implements CommandLine.ITypeConverter<Fault> {
    @Override
    public Fault convert(String text) {
      try {
        return Fault.of(text);
      } catch (IllegalArgumentException e) {
        throw new CommandLine.TypeConversionException(e.getMessage());
      }
    }
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ChaosRun()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    if (!store.equals("postgres") && faults.stream().anyMatch(Fault::isOfTheDatabase)) {
      throw new ParameterException(
          spec.commandLine(),
          "--store " + store + " has no database to do that to (--faults node,disk-full)");
    }
    if (faults.stream().anyMatch(Fault::needsVolume) && !Volume.isPossible()) {
      System.err.println("chaos: no disk is filled here: only root may mount one");
      faults = faults.stream().filter(fault -> !fault.needsVolume()).toList();
    }
    if (faults.isEmpty()) {
      return 0;
    }
    var work = Files.createTempDirectory("sipscope-chaos-");
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
    var complaints = new Complaints();
    boolean right = false;
    try {
      run(work, complaints);
      right = complaints.count() == 0;
    } finally {
      if (right && !keep) {
        delete(work);
      } else {
        System.err.println("chaos: data and logs are in " + work);
      }
    }
    return right ? 0 : 1;
  }

  private void run(Path work, Complaints complaints)
      throws IOException, SQLException, InterruptedException {
    long chosen = seed == null ? new Random().nextInt(SEEDS) : seed;
    var random = new Random(chosen);
    var report = new Report();
    report.begin(
        new ObjectMapper()
            .createObjectNode()
            .put("store", store)
            .put("faults", faults.stream().map(Fault::text).collect(Collectors.joining(",")))
            .put("times", times)
            .put("seed", chosen)
            .put("rate", rate)
            .put("importers", importers)
            .put("javaOptions", javaOptions));
    var scene =
        new Scene(
            new Scene.Settings(
                launcher, store, work, port, javaOptions, postgres, List.copyOf(faults)));
    try {
      scene.start();
      var traffic = new Traffic(scene.node(), rate, importers, Long.toString(chosen), complaints);
      var injection =
          new Injection(
              scene,
              traffic,
              new Injection.Settings(
                  Duration.ofSeconds(away), Duration.ofSeconds(hold), Duration.ofSeconds(catchUp)),
              random,
              complaints);
      var outcome =
          new Trial(scene.node(), traffic, injection, random, report, complaints)
              .run(Fault.plan(faults, times, random), Duration.ofSeconds(between));
      var journal = scene.end(complaints);
      complaints.addAll(outcome.complaints(journal));
      report.end(outcome, journal, complaints);
    } finally {
      scene.kill();
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
