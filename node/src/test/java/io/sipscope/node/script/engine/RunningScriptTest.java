package io.sipscope.node.script.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.http.script.Complaint;
import io.sipscope.http.script.Complaint.Severity;
import io.sipscope.http.script.PolicyScript;
import io.sipscope.node.script.engine.ScriptLoader.Accepted;
import io.sipscope.node.script.engine.ScriptLoader.Loaded;
import io.sipscope.node.script.engine.ScriptLoader.Refused;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.tree.Position;
import io.sipscope.persistence.events.EventDelivery;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.status.Identifier;
import io.sipscope.persistence.status.Report;
import io.sipscope.persistence.status.Status;
import io.sipscope.persistence.status.StatusReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningScriptTest {
  private final Counters counters = new Counters();
  private final ScriptFailures failures = new ScriptFailures(counters, () -> 0);
  private final PolicyEngine engine =
      new PolicyEngine(new QuietWorld(), (_, _) -> "", 1_000, failures, counters);
  private final Timers timers = new Timers(engine, new QuietWorld(), () -> false, counters);
  private final Identifier status =
      new StatusReport(
              new Events(new EventNames(List.of()), EventDelivery.NOBODY, counters, () -> 0),
              Clock.systemUTC())
          .identifier("script", StatusReport.MAIN, Status.RUNNING);
  private Instant now = Instant.EPOCH;
  private Path file;
  private RunningScript script;

  /// A script is its first line: wrong, or the name of the one timer that it has.
  private static Loaded load(String file, String text) {
    if (text.startsWith("wrong")) {
      return new Refused(List.of(new Complaint(file, 1, 1, 6, "wrong", Severity.ERROR.text())));
    }
    var timer = new Program.Timer(text, 3_600, _ -> {});
    var program =
        new Program(List.of(), List.of(), List.of(timer), Optional.empty(), Map.of(), Map.of());
    return new Accepted(program, _ -> program, Set.of("defines " + text), 1, List.of());
  }

  @BeforeEach
  void start(@TempDir Path folder) {
    file = folder.resolve("policy.cfg");
    script = script(Optional.of(file));
  }

  private RunningScript script(Optional<Path> path) {
    return new RunningScript(
        path,
        Program.EMPTY,
        RunningScriptTest::load,
        engine,
        timers,
        failures,
        status,
        _ -> {},
        () -> now,
        counters);
  }

  @AfterEach
  void stop() {
    timers.close();
  }

  private String runs() {
    return engine.program().timers().getFirst().name();
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  private String lastReport() {
    return status.reports().stream().map(Report::log).toList().getLast();
  }

  @Test
  void whatIsNotThereIsToldByItsName() {
    var complaint = script.start().getFirst();
    assertTrue(complaint.isError());
    assertTrue(complaint.sentence().startsWith(file + ": it cannot be read"), complaint::sentence);
    assertEquals(Optional.empty(), script.current());
  }

  @Test
  void aFileThatIsTooLargeIsNotRead() throws IOException {
    write("x".repeat(PolicyScript.MAX_BYTES + 1));
    assertTrue(script.start().getFirst().message().endsWith("1048576 bytes"));
  }

  @Test
  void itRunsFromTheStart() throws IOException {
    write("a");
    assertEquals(List.of(), script.start());
    assertEquals("a", runs());
    assertEquals("loaded " + file + " (1 lines)", lastReport());
  }

  @Test
  void aGoodOneTakesThePlaceWhenAllAreGood() throws IOException {
    write("a");
    script.start();
    write("b");
    var complaints = script.prepare(7);
    assertTrue(complaints.stream().noneMatch(Complaint::isError));
    assertEquals(2, complaints.size()); // what it defines is another thing now
    assertEquals("a", runs());
    assertTrue(script.swap(7));
    assertEquals("b", runs());
    assertFalse(script.swap(7));
    assertEquals("reloaded " + file + " (1 lines)", lastReport());
  }

  @Test
  void linesThatRanAreThoseOfTheScriptThatRuns() throws IOException {
    write("a");
    script.start();
    var profile = new ScriptProfile(_ -> {}, () -> 0);
    script.watch(Optional.of(profile));
    profile.line(new Run(Optional.empty(), new QuietWorld(), 1), Position.of("policy.cfg"));
    assertEquals(Map.of(1, 1L), profile.hits());
    script.prepare(7);
    script.swap(7);
    assertEquals(Map.of(), profile.hits());
  }

  @Test
  void aWrongOneIsRefusedAndTheOldOneRunsOn() throws IOException {
    write("a");
    script.start();
    write("wrong");
    assertTrue(script.prepare(7).getFirst().isError());
    assertFalse(script.swap(7));
    assertEquals("a", runs());
    assertEquals("reload refused: " + file + ":1:1: wrong", lastReport());
    assertEquals(
        new Status(-1, "the last reload was refused: " + file + ":1:1: wrong"), status.status());
    write("b");
    script.prepare(8);
    script.swap(8);
    assertEquals(Status.RUNNING, status.status());
  }

  @Test
  void oneReloadAtATimeUntilItIsForgottenOrLate() throws IOException {
    write("a");
    script.start();
    assertTrue(script.prepare(1).isEmpty());
    assertTrue(script.prepare(2).getFirst().isError());
    script.forget(2);
    assertTrue(script.prepare(3).getFirst().isError());
    script.forget(1);
    assertTrue(script.prepare(4).isEmpty());
    assertFalse(script.swap(1));
    now = now.plus(RunningScript.PATIENCE);
    assertTrue(script.prepare(5).isEmpty());
    assertFalse(script.swap(4));
    assertTrue(script.swap(5));
  }

  @Test
  void aNodeWithoutAScriptGoesAlong() {
    var none = script(Optional.empty());
    assertEquals(List.of(), none.start());
    assertEquals(List.of(), none.prepare(1));
    assertTrue(none.swap(1));
    assertEquals(Optional.empty(), none.current());
  }
}
