package io.sipscope.node.sources.live;

import static io.sipscope.node.NodeApi.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.http.agents.SourceState;
import io.sipscope.http.agents.SourceState.Condition;
import io.sipscope.node.ingest.Messages;
import io.sipscope.node.ingest.Pcaps;
import io.sipscope.node.sources.TestIngest;
import io.sipscope.protocol.capture.SourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With programs that behave as capture programs do, good and bad ones.
class LiveSourceTest {
  private static final String CALL_ID = "live@example.com";

  @TempDir private Path folder;
  private TestIngest ingest;
  private LiveSource source;

  @BeforeEach
  void open() {
    ingest = new TestIngest();
  }

  @AfterEach
  void close() {
    if (source != null) {
      source.close().toCompletableFuture().join();
    }
    ingest.close();
  }

  private void start(String program) {
    var settings = new CaptureSettings(List.of("eth7"), "udp or tcp", program, "edge", 16 << 20);
    source = LiveSource.open(ingest.system(), settings, ingest.ingest(), TestIngest::now);
  }

  /// A program of that name that runs these lines.
  private String program(String name, String... lines) throws IOException {
    var script = folder.resolve(name);
    Files.writeString(script, "#!/bin/sh\ncd " + folder + "\n" + String.join("\n", lines) + "\n");
    assertTrue(script.toFile().setExecutable(true));
    return script.toString();
  }

  private byte[] capture(String file, int from, int to) throws IOException {
    var messages =
        IntStream.rangeClosed(from, to)
            .mapToObj(i -> Messages.options(CALL_ID, i))
            .toArray(String[]::new);
    var bytes = Pcaps.of(messages);
    Files.write(folder.resolve(file), bytes);
    return bytes;
  }

  private SourceState state() {
    return source.states().getFirst();
  }

  private void assertStored(int... cseqs) {
    eventually(
        () -> {
          assertEquals(
              Arrays.stream(cseqs).mapToObj(i -> Messages.options(CALL_ID, i)).toList(),
              ingest.stored().stream().map(capture -> capture.sip().latin1()).toList());
          return null;
        });
  }

  @Test
  void whatAProgramWritesIsStoredWhileItStillRuns() throws Exception {
    capture("all", 1, 3);
    start(program("dumpcap", "cat all", "exec sleep 600"));
    assertStored(1, 2, 3);
    assertEquals(Condition.UP, state().condition());
    assertEquals(3, state().received());
    assertTrue(state().lastAt().isPresent());
    var capture = ingest.stored().getFirst();
    assertEquals(SourceKind.LIVE, capture.kind());
    assertEquals("edge/eth7", capture.agent().name());
    assertEquals("10.0.0.1:5060", capture.source().toString());
  }

  @Test
  void theProgramIsToldTheInterfaceAndTheFilterAsTheyAre() throws Exception {
    start(
        program("tcpdump", "printf '%s\\n' \"$@\" > arguments.new", "mv arguments.new arguments"));
    eventually(
        () -> {
          assertEquals(
              List.of(
                  "-i",
                  "eth7",
                  "-n",
                  "-U",
                  "-s",
                  "0",
                  "-B",
                  "16384",
                  "-w",
                  "-",
                  "--",
                  "udp or tcp"),
              Files.readAllLines(folder.resolve("arguments")));
          return null;
        });
  }

  @Test
  void aProgramThatCrashesIsStartedAgainAndTheGapIsTold() throws Exception {
    var first = capture("first", 1, 3);
    Files.write(folder.resolve("cut"), Arrays.copyOf(first, first.length - 20));
    capture("second", 4, 5);
    start(
        program(
            "dumpcap",
            "if [ -e ran ]; then cat second; exec sleep 600; fi",
            "touch ran; cat cut; kill -9 $$"));
    assertStored(1, 2, 4, 5);
    assertEquals(Condition.UP, state().condition());
    assertTrue(
        state().detail().matches("Nothing was captured for \\d+ ms before dumpcap was back\\."),
        state().detail());
    assertEquals(1, state().malformed(), "the packet that was cut");
    ingest.assertConserved(5);
  }

  @Test
  void whatTheProgramComplainsOfIsToldAndItIsTriedAgain() throws Exception {
    start(
        program(
            "dumpcap",
            "echo \"Capturing on 'eth7'\" >&2",
            "echo 'dumpcap: You do not have permission to capture on device \"eth7\".' >&2",
            "echo '(socket: Operation not permitted)' >&2",
            "echo 'Please check to make sure you have sufficient permissions.' >&2",
            "exit 1"));
    eventually(
        () -> {
          assertEquals(
              "dumpcap ended: You do not have permission to capture on device \"eth7\"."
                  + " (socket: Operation not permitted)"
                  + " (ops/docs/sources.md tells how to permit it) It is tried again 2 s later.",
              state().detail());
          return null;
        });
    assertEquals(Condition.CONNECTING, state().condition());
  }

  @Test
  void packetsThatTheProgramDroppedAreCountedApartFromMessages() throws Exception {
    capture("all", 1, 1);
    start(
        program(
            "dumpcap",
            "cat all",
            "echo \"Packets received/dropped on interface 'eth7': 5/7 (pcap:7/dumpcap:0) (41.7%)\""
                + " >&2",
            "sleep 600 & wait"));
    assertStored(1);
    source.close().toCompletableFuture().join();
    assertEquals(7, state().dropped());
    ingest.assertConserved(1);
  }

  @Test
  void aProgramThatWritesNoCaptureIsEndedAndSaid() throws Exception {
    start(program("dumpcap", "echo hello, this is no capture", "exec sleep 600"));
    eventually(
        () -> {
          assertTrue(state().detail().contains("it wrote what is no capture"), state().detail());
          return null;
        });
    assertEquals(0, state().received());
  }

  @Test
  void aProgramThatIsNotThereIsSaidAndUsedOnceItIs() throws Exception {
    var later = folder.resolve("dumpcap");
    start(later.toString());
    eventually(
        () -> {
          assertTrue(state().detail().startsWith(later + " is no program"), state().detail());
          return null;
        });
    capture("all", 1, 2);
    program("dumpcap", "cat all", "exec sleep 600");
    assertStored(1, 2);
  }

  @Test
  void closingEndsTheProgramAndReadsToItsLastWord() throws Exception {
    capture("first", 1, 2);
    var more = capture("all", 1, 4);
    var two = Files.size(folder.resolve("first"));
    Files.write(folder.resolve("rest"), Arrays.copyOfRange(more, (int) two, more.length));
    start(
        program(
            "dumpcap",
            "trap 'cat rest; exit 0' TERM",
            "echo $$ > pid",
            "cat first",
            "sleep 600 & wait"));
    assertStored(1, 2);
    source.close().toCompletableFuture().join();
    assertStored(1, 2, 3, 4);
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
  }

  @Test
  void aChildDoesNotOutliveWhoStartedIt() throws Exception {
    var leash = Leash.find(Programs.folders());
    var pidFile = folder.resolve("pid");
    var command =
        leash.on(
            List.of(program("sleeper", "echo $$ > pid.new; mv pid.new pid", "exec sleep 600")));
    var failure = new IOException[1];
    var starter =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    CaptureChild.start(command);
                    eventually(() -> Files.size(pidFile));
                  } catch (IOException e) {
                    failure[0] = e;
                  }
                });
    starter.join();
    assertEquals(null, failure[0]);
    long pid = Long.parseLong(Files.readString(pidFile).strip());
    eventually(
        () -> {
          assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
          return null;
        });
  }
}
