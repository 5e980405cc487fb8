package io.sipscope.http.mi.core;

import io.sipscope.http.ThisNode;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiTree;
import io.sipscope.persistence.statistics.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// The process this node runs in, and its workers: `uptime`, `version`, `pwd`, `arg`, `ps`, `kill`.
final class OwnProcess {
  /// OpenSIPS's clients decide by the version what they may ask for, and refuse what they cannot
  /// read: `OpenSIPS \((\d)\.(\d)\.\d.*`. This is whose commands and events we have.
  private static final String OPENSIPS = "3.6.0";

  /// C's `ctime`.
  private static final DateTimeFormatter CTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private final ThisNode node;
  private final Supplier<Instant> now;
  private final Instant upSince;

  OwnProcess(ThisNode node, Supplier<Instant> now) {
    this.node = node;
    this.now = now;
    this.upSince = now.get();
  }

  MiOutcome uptime() {
    var moment = now.get();
    var answer = new LinkedHashMap<String, String>();
    answer.put("Now", CTIME.format(moment));
    answer.put("Up since", CTIME.format(upSince));
    answer.put("Up time", Duration.between(upSince, moment).toSeconds() + " [sec]");
    return MiOutcome.of(answer);
  }

  MiOutcome version() {
    return MiOutcome.of(Map.of("Server", server()));
  }

  /// Where OpenSIPS tells its git revision, we tell who we are.
  MiOutcome versionAndRevision() {
    var answer = new LinkedHashMap<String, String>();
    answer.put("Server", server());
    answer.put("git", "sipscope-" + ownVersion());
    return MiOutcome.of(answer);
  }

  private static String server() {
    var machine = System.getProperty("os.arch").replace("amd64", "x86_64");
    var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return "OpenSIPS (" + OPENSIPS + " (" + machine + "/" + system + "))";
  }

  /// As in the jar's manifest; a class folder has none.
  private static String ownVersion() {
    return Optional.ofNullable(OwnProcess.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  MiOutcome workingDirectory() {
    return MiOutcome.of(Map.of("WD", Path.of("").toAbsolutePath().toString()));
  }

  MiOutcome arguments() {
    return MiOutcome.of(CommandLine.masked());
  }

  MiOutcome workers() {
    var rows = new ArrayList<Map<String, Object>>();
    for (var worker : node.workers().get()) {
      var row = new LinkedHashMap<String, Object>();
      row.put("ID", worker.id());
      row.put("PID", worker.pid());
      row.put("Type", worker.type());
      rows.add(row);
    }
    return MiOutcome.of(Map.of("Processes", rows));
  }

  MiLegacy legacyWorkers() {
    return new MiLegacy(
        _ ->
            CompletableFuture.completedStage(
                new MiLegacy.Reply.Tree(
                    MiTree.array(
                        "", node.workers().get().stream().map(OwnProcess::legacy).toList()))));
  }

  private static MiTree legacy(Worker worker) {
    return MiTree.leaf("Process", "")
        .with("ID", Integer.toString(worker.id()))
        .with("PID", Long.toString(worker.pid()))
        .with("Type", worker.type());
  }

  MiOutcome kill() {
    node.control().stop();
    return MiOutcome.ok();
  }
}
