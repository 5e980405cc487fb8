package io.sipscope.node.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.node.NodeApi;
import io.sipscope.node.TestNode;
import io.sipscope.protocol.hep.Hep.Packet;
import io.sipscope.testing.RequiresTool;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shipped scripts with telephones that call through a real proxy, captured where it runs:
/// what comes to it and what leaves it. Capturing takes root, as CI has it.
@RequiresTool(value = "sipp", debian = "sip-tester")
@RequiresTool(value = "kamailio", debian = "kamailio")
@RequiresTool(value = "dumpcap", debian = "wireshark-common")
class TutorialTrafficIT {
  private static final Path SAMPLE = Path.of("../ops/sample").toAbsolutePath();
  private static final String CALLER = "127.0.10.10";
  private static final String PROXY = "127.0.10.5";
  private static final String NETWORK = "127.0.10.";

  /// Not on everyone's PATH.
  private static final String KAMAILIO =
      Files.isExecutable(Path.of("/usr/sbin/kamailio")) ? "/usr/sbin/kamailio" : "kamailio";

  @TempDir private Path folder;
  private final List<Process> running = new ArrayList<>();
  private ThreeDestinations to;
  private int port;

  @BeforeEach
  void open() throws IOException {
    to = ThreeDestinations.open();
    try (var socket = new DatagramSocket(new InetSocketAddress(PROXY, 0))) {
      port = socket.getLocalPort();
    }
    var proxy =
        Files.readString(SAMPLE.resolve("proxy.cfg"))
            .replace("198.51.100.5:5060", PROXY + ":" + port)
            .replace("203.0.113.", NETWORK)
            .replace(":5060", ":" + port);
    var file = Files.writeString(folder.resolve("proxy.cfg"), proxy);
    launch(
        "proxy",
        KAMAILIO,
        "-f",
        file.toString(),
        "-DD",
        "-E",
        "-m",
        "32",
        "-M",
        "8",
        "-Y",
        folder.toString());
  }

  private Process launch(String name, String... command) throws IOException {
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    running.add(process);
    return process;
  }

  @AfterEach
  void close() throws IOException, InterruptedException {
    to.close();
    for (var process : running) {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private TestNode node(String name) throws IOException {
    var node =
        to.node(
            folder,
            Tutorial.script(name),
            """
            sipscope.capture {
              interfaces = "lo"
              filter = "udp port %d and net 127.0.10.0/24"
            }
            """
                .formatted(port));
    NodeApi.eventually(
        () -> {
          var up = node.json("/api/statistics?names=sources:live_up");
          assertEquals(1, up.findValue("sources:live_up").asLong());
          return null;
        });
    return node;
  }

  private void answering(String scenario, String address) throws IOException {
    launch(
        scenario,
        "sipp",
        "-sf",
        SAMPLE.resolve(scenario).toString(),
        "-i",
        address,
        "-p",
        Integer.toString(port),
        "-m",
        "1",
        "-nostdin",
        "-timeout",
        "60");
  }

  private void calls(String scenario, String user, String callId, String... options)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                "sipp",
                PROXY + ":" + port,
                "-sf",
                SAMPLE.resolve(scenario).toString(),
                "-s",
                user,
                "-i",
                CALLER,
                "-p",
                Integer.toString(port),
                "-m",
                "1",
                "-nostdin",
                "-timeout",
                "60",
                "-cid_str",
                callId));
    command.addAll(Arrays.asList(options));
    var process = launch(scenario, command.toArray(String[]::new));
    process.waitFor();
    assertEquals(0, process.exitValue(), () -> log(scenario));
  }

  private String log(String name) {
    try {
      return Files.readString(folder.resolve(name + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /// All that was captured is in all three; retransmissions, which a slow machine has more of,
  // once.
  private void assertTraced(TestNode node, String callId, String... shown) {
    NodeApi.eventually(
        () -> {
          var rows = to.rows();
          var shorter = rows.stream().map(row -> row.replaceAll(" udp.*", "").strip()).toList();
          assertEquals(List.of(shown), List.copyOf(new LinkedHashSet<>(shorter)));
          int stored = node.messages(callId).size();
          assertEquals(stored, rows.size());
          assertEquals(stored, to.packets(Packet.SIP).size());
          assertEquals(stored, to.datagrams().size());
          return null;
        });
  }

  @Test
  void anAnsweredCallIsThirteenMessages() throws Exception {
    try (var node = node("trace-dialog.cfg")) {
      answering("callee-answers.xml", NETWORK + "20");
      calls("caller-calls.xml", "bob", "answered@tutorial");
      assertTraced(
          node,
          "answered@tutorial",
          "in INVITE",
          "out INVITE 100",
          "out INVITE",
          "in INVITE 180",
          "out INVITE 180",
          "in INVITE 200",
          "out INVITE 200",
          "in ACK",
          "out ACK",
          "in BYE",
          "out BYE",
          "in BYE 200",
          "out BYE 200");
    }
  }

  @Test
  void aRegistrationIsTracedWithItsChallengeAndItsAnswer() throws Exception {
    try (var node = node("trace-register.cfg")) {
      calls(
          "caller-registers.xml",
          "alice",
          "registers@tutorial",
          "-au",
          "alice",
          "-ap",
          "wonderland");
      assertTraced(
          node, "registers@tutorial", "in REGISTER", "out REGISTER 401", "out REGISTER 200");
    }
  }
}
