package io.sipscope.bench.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Imports capture files of several sizes with `sipscope import` into nodes with a small heap, each
/// new and with an empty store, and has sngrep read the same files. Prints a line for each: time,
/// processor, memory.
@Command(name = "import", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class ImportRun implements Callable<Integer> {
  /// sngrep keeps so many dialogs; by itself 20,000.
  private static final int DIALOGS = 10_000_000;

  private static final double MICROS = 1e6;
  private static final String HEAD =
      "%-10s %10s %8s %11s %9s %9s %9s %12s %9s %9s%n"
          .formatted(
              "",
              "messages",
              "seconds",
              "messages/s",
              "CPU s",
              "importer",
              "database",
              "msg/CPU s",
              "us/msg",
              "peak MB");
  private static final Pattern FOUND = Pattern.compile("(\\d+) messages in \\d+ dialogs");

  @Option(names = "--launcher", required = true, hidden = true)
  private Path launcher;

  @Option(names = "--store", split = ",", defaultValue = "h2,postgres", description = "Stores.")
  private List<String> stores;

  @Option(names = "--database-pid", description = "The postmaster, to count its CPU time too.")
  private long databasePid;

  @Option(
      names = "--messages",
      split = ",",
      defaultValue = "250000,1000000",
      description = "Messages in the files.")
  private List<Integer> sizes;

  @Option(names = "--file", description = "Files that are there, instead.")
  private List<Path> files = List.of();

  @Option(names = "--sngrep", defaultValue = "sngrep", description = "The program.")
  private String sngrep;

  @Option(names = "--java-opts", defaultValue = "-Xmx512m", description = "Options of its JVM.")
  private String javaOptions;

  /// One line of the table.
  ///
  /// @param messages that were read; for sngrep what the others read
  /// @param cpu of the program itself, then of what it needs besides, seconds
  private record Measured(
      String with, long messages, double seconds, Cpu cpu, long peak, long importerPeak) {
    void print() {
      double all = cpu.program() + cpu.importer() + cpu.database();
      System.out.printf(
          "%-10s %,10d %8.1f %,11.0f %9.1f %9.1f %9.1f %,12.0f %9.1f %5d+%d%n",
          with,
          messages,
          seconds,
          messages / seconds,
          cpu.program(),
          cpu.importer(),
          cpu.database(),
          messages / all,
          all * MICROS / messages,
          peak >> 20,
          importerPeak >> 20);
    }
  }

  private record Cpu(double program, double importer, double database) {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ImportRun()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    var made = new ArrayList<Path>();
    try {
      if (files.isEmpty()) {
        for (int size : sizes) {
          var file = Files.createTempFile("sipscope-bench-", ".pcap");
          made.add(file);
          MadeCapture.write(file, size);
        }
        files = made;
      }
      System.out.print(HEAD);
      for (var file : files) {
        long messages = 0;
        for (var store : stores) {
          messages = imported(store, file);
        }
        read(file, messages);
      }
      return 0;
    } finally {
      for (var file : made) {
        Files.delete(file);
      }
    }
  }

  private long imported(String store, Path file)
      throws IOException, InterruptedException, SQLException {
    var environment = new HashMap<>(Map.of("SIPSCOPE_STORE", store));
    environment.put("SIPSCOPE_JAVA_OPTS", javaOptions);
    if (store.equals("postgres")) {
      environment.put("SIPSCOPE_POSTGRES_URL", emptyDatabase());
    }
    try (var node = NodeProcess.start(launcher, environment)) {
      double nodeBefore = node.proc().cpuSeconds();
      double databaseBefore = databaseCpu(store);
      var importer =
          ProcessCost.of(
              new ProcessBuilder(
                  launcher.toString(),
                  "import",
                  file.toString(),
                  "--url",
                  node.uri("").toString()));
      var found = FOUND.matcher(importer.output());
      if (importer.exitCode() != 0 || !found.find()) {
        throw new IOException("the import failed: " + importer.output());
      }
      long messages = Long.parseLong(found.group(1));
      var cpu =
          new Cpu(
              node.proc().cpuSeconds() - nodeBefore,
              importer.cpuSeconds(),
              databaseCpu(store) - databaseBefore);
      long peak = node.proc().peakResidentBytes();
      new Measured(store, messages, importer.seconds(), cpu, peak, importer.peakResidentBytes())
          .print();
      return messages;
    }
  }

  /// A run of its own finds an empty database: what an earlier one stored would be duplicates.
  private static String emptyDatabase() throws SQLException {
    var server = System.getenv("SIPSCOPE_POSTGRES_URL");
    var user = System.getenv("SIPSCOPE_POSTGRES_USER");
    var name = "import_" + System.nanoTime();
    try (var connection =
            DriverManager.getConnection(server, user, System.getenv("SIPSCOPE_POSTGRES_PASSWORD"));
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return server.substring(0, server.lastIndexOf('/') + 1) + name;
  }

  private double databaseCpu(String store) throws IOException {
    return store.equals("postgres") && databasePid > 0
        ? new ProcFiles(databasePid).cpuSecondsOfFamily()
        : 0;
  }

  private void read(Path file, long messages) throws IOException, InterruptedException {
    try {
      var cost =
          ProcessCost.of(
              new ProcessBuilder(
                  sngrep,
                  "-F",
                  "-N",
                  "-q",
                  "-l",
                  Integer.toString(DIALOGS),
                  "-I",
                  file.toString()));
      if (cost.exitCode() != 0) {
        throw new IOException(sngrep + " failed: " + cost.output());
      }
      var cpu = new Cpu(cost.cpuSeconds(), 0, 0);
      new Measured(sngrep, messages, cost.seconds(), cpu, cost.peakResidentBytes(), 0).print();
    } catch (IOException e) {
      System.out.println("without sngrep (Debian: apt-get install sngrep): " + e.getMessage());
    }
  }
}
