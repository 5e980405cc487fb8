package io.sipscope.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.bench.load.Load;
import io.sipscope.bench.load.LoadSettings;
import io.sipscope.protocol.net.Transport;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Flips bits in rows of the journal while the node is stopped, and looks whether exactly the
/// dialogs that they belong to are damaged, and all others are as they were. Prints JSON lines;
/// ends with 1 when something is wrong.
@Command(
    name = "damage",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Flips bits in rows of the journal, and looks which dialogs are damaged.")
public final class DamageRun implements Callable<Integer> {
  private static final Duration FILLING = Duration.ofMinutes(10);
  private static final Duration TALK = Duration.ofSeconds(1);
  private static final Duration REINDEX = Duration.ofMinutes(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 250;

  /// Lines of the log of a node that starts and meets damage: a storm has one for each restart.
  private static final int LOG_LINES = 200;

  /// Of the bits of a row, some three of a thousand say nothing.
  private static final int HARMLESS_ONE_IN = 100;

  @Option(names = "--launcher", required = true, hidden = true)
  private Path launcher;

  @Option(names = "--events", defaultValue = "100000", description = "Rows of the journal.")
  private int events;

  @Option(names = "--damaged", defaultValue = "1000", description = "How many get a flipped bit.")
  private int damaged;

  @Option(names = "--rate", defaultValue = "5000", description = "HEP messages a second.")
  private int rate;

  @Option(names = "--seed", description = "Of the rows and bits; else a new one.")
  private Long seed;

  @Option(names = "--port", defaultValue = "27000", description = "The first of five ports.")
  private int port;

  @Option(names = "--java-opts", defaultValue = "-Xmx512m", description = "Options of its JVM.")
  private String javaOptions;

  private final Complaints complaints = new Complaints();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new DamageRun()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    var work = Files.createTempDirectory("sipscope-damage-");
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
    long chosen = seed == null ? new Random().nextInt(ChaosRun.SEEDS) : seed;
    System.out.println(
        new ObjectMapper()
            .createObjectNode()
            .put("seed", chosen)
            .put("events", events)
            .put("damaged", damaged)
            .put("rate", rate));
    var scene =
        new Scene(
            new Scene.Settings(
                launcher, "postgres", work, port, javaOptions, List.of(), List.of()));
    boolean right = false;
    try {
      scene.start();
      var node = scene.node();
      fill(scene, Long.toString(chosen));
      var before = DialogDigests.of(node, complaints);
      if (!node.stop()) {
        complaints.add("the node did not stop on SIGTERM");
      }
      long lines = lines(node.place().log());
      var flips = BitFlips.in(scene.database().orElseThrow(), damaged, new Random(chosen));
      long start = System.nanoTime();
      node.startAgain();
      long ready = Watch.millisSince(start);
      var reindex = reindex(scene);
      var listed = SearchCheck.of(node, "&damaged=true").messages().keySet();
      var newer = new Complaints();
      long harmless = compare(flips, before, DialogDigests.of(node, newer), listed);
      lines = lines(node.place().log()) - lines;
      if (lines > LOG_LINES) {
        complaints.add("the log has " + lines + " lines more");
      }
      System.out.println(
          new ObjectMapper()
              .createObjectNode()
              .put("dialogs", before.byCallId().size())
              .put("flippedRows", damaged)
              .put("ofDialogs", flips.callIds().size())
              .put("listed", listed.size())
              .put("harmless", harmless)
              .put("takenForNewer", newer.count())
              .put("reindexSaysDamaged", reindex.path("damaged").asLong())
              .put("readyMillis", ready)
              .put("logLines", lines)
              .put("complaints", complaints.count()));
      right = complaints.count() == 0;
    } finally {
      scene.kill();
      if (right) {
        ChaosRun.delete(work);
      } else {
        System.err.println("damage: data and logs are in " + work);
      }
    }
    return right ? 0 : 1;
  }

  /// Until the journal has so many rows, and everything is at rest.
  private void fill(Scene scene, String run)
      throws IOException, SQLException, InterruptedException {
    var load =
        new Load(new LoadSettings(scene.node().hep(), Transport.TCP, rate, FILLING, TALK, run));
    var failure = new IOException[1];
    var sending =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    var _ = load.send();
                  } catch (IOException e) {
                    failure[0] = e;
                  }
                });
    long end = System.nanoTime() + FILLING.toNanos();
    while (scene.database().orElseThrow().count("event_journal") < events) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      if (!sending.isAlive() || System.nanoTime() > end) {
        throw new IOException("the journal did not get so many rows", failure[0]);
      }
    }
    load.stop();
    sending.join();
    var counters = Injection.counters(scene.node());
    while (counters.received() < load.sent() || counters.inFlight() > 0) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      counters = Injection.counters(scene.node());
      if (System.nanoTime() > end) {
        throw new IOException("not everything was stored: " + counters);
      }
    }
  }

  private JsonNode reindex(Scene scene) throws IOException, InterruptedException {
    var node = scene.node();
    long end = System.nanoTime() + REINDEX.toNanos();
    var state = node.post("/api/reindex", BodyPublishers.noBody());
    while (state.path("state").asText().equals("running") && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      state = new ObjectMapper().readTree(node.get("/api/reindex", ANSWER).body());
    }
    if (!state.path("state").asText().equals("done")) {
      complaints.add("reindex: " + state);
    }
    return state;
  }

  /// Few bits of a frame say nothing: a dialog all of whose messages are there as they were is not
  /// damaged.
  ///
  /// @return dialogs with such bits only
  private long compare(
      BitFlips flips, DialogDigests before, DialogDigests after, Set<String> listed) {
    long harmless = 0;
    for (var dialog : before.byCallId().entrySet()) {
      var callId = dialog.getKey();
      var now = after.byCallId().getOrDefault(callId, List.of());
      boolean same = dialog.getValue().equals(now);
      boolean flipped = flips.callIds().contains(callId);
      if (flipped && same) {
        harmless++;
      }
      if (listed.contains(callId) == same) {
        complaints.add(callId + (same ? " is listed as damaged" : " is not listed as damaged"));
      }
      if (!same && !(flipped && before.hasMoreThan(callId, now))) {
        complaints.add(callId + ": " + now.size() + " messages, had " + dialog.getValue().size());
      }
    }
    if (harmless > flips.callIds().size() / HARMLESS_ONE_IN) {
      complaints.add(harmless + " dialogs with a flipped bit are as they were");
    }
    return harmless;
  }

  private static long lines(Path log) throws IOException {
    try (var lines = Files.lines(log)) {
      return lines.count();
    }
  }
}
