package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.ingest.Messages;
import io.sipscope.testing.RequiresTool;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Kamailio that sends HEP with a key, as its `siptrace` does.
@RequiresTool(value = "kamailio", debian = "kamailio")
class KamailioIT {
  private static final String CONFIGURATION =
      """
      #!KAMAILIO
      debug=2
      log_stderror=yes
      fork=no
      children=1
      listen=udp:127.0.0.1:SIP_PORT
      loadmodule "kex.so"
      loadmodule "corex.so"
      loadmodule "tm.so"
      loadmodule "sl.so"
      loadmodule "pv.so"
      loadmodule "siptrace.so"
      modparam("siptrace", "duplicate_uri", "sip:127.0.0.1:HEP_PORT")
      modparam("siptrace", "hep_mode_on", 1)
      modparam("siptrace", "hep_version", 3)
      modparam("siptrace", "hep_capture_id", CAPTURE_ID)
      modparam("siptrace", "auth_key", "two-thousand-and-one")
      modparam("siptrace", "trace_to_database", 0)
      modparam("siptrace", "trace_on", 1)
      modparam("siptrace", "trace_flag", 22)
      request_route {
        setflag(22);
        sip_trace();
        sl_send_reply("200", "OK");
      }
      """;

  /// Not on everyone's PATH.
  private static final String PROGRAM =
      Files.isExecutable(Path.of("/usr/sbin/kamailio")) ? "/usr/sbin/kamailio" : "kamailio";

  private static int freePort() throws IOException {
    try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Asks until it answers, as it takes a moment to start.
  private static void ask(int port, String callId) {
    NodeApi.eventually(
        () -> {
          try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(1_000);
            var sip =
                Messages.options(callId)
                    .replace("10.0.0.1:5060", "127.0.0.1:" + socket.getLocalPort())
                    .getBytes(StandardCharsets.UTF_8);
            socket.send(
                new DatagramPacket(sip, sip.length, InetAddress.getLoopbackAddress(), port));
            var answer = new DatagramPacket(new byte[65_535], 65_535);
            socket.receive(answer);
            return null;
          }
        });
  }

  private static Process kamailio(Path folder, int port, int hepPort, int id) throws IOException {
    var file = folder.resolve("kamailio-" + id + ".cfg");
    Files.writeString(
        file,
        CONFIGURATION
            .replace("SIP_PORT", Integer.toString(port))
            .replace("HEP_PORT", Integer.toString(hepPort))
            .replace("CAPTURE_ID", Integer.toString(id)));
    return new ProcessBuilder(PROGRAM, "-f", file.toString(), "-DD", "-E", "-Y", folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("kamailio-" + id + ".log").toFile())
        .start();
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void itsKeyOpensAndThatOfAnotherDoesNot(@TempDir Path folder) throws Exception {
    var settings =
        """
        sipscope.store = memory
        sipscope.hep.agents = [
          {id = 2001, key = "two-thousand-and-one", addresses = ["127.0.0.1"]}
          {id = 2002, key = "of another"}
        ]
        """;
    try (var node = TestNode.start(settings)) {
      int hepPort = node.node().hepUdpAddress().getPort();
      int port = freePort();
      var right = kamailio(folder, port, hepPort, 2_001);
      try {
        ask(port, "by-kamailio");
        NodeApi.eventually(
            () -> {
              assertTrue(node.messages("by-kamailio").size() >= 2);
              var agent = node.json("/api/agents").at("/agents/0");
              assertEquals("2001", agent.path("name").asText());
              assertTrue(agent.path("authenticated").asBoolean(), agent::toString);
              return null;
            });
      } finally {
        end(right);
      }
      int otherPort = freePort();
      var wrong = kamailio(folder, otherPort, hepPort, 2_002);
      try {
        ask(otherPort, "by-another");
        NodeApi.eventually(
            () -> {
              assertTrue(node.ingestMetrics().get("dropped_agent_key") >= 2);
              return null;
            });
        assertEquals(0, node.messages("by-another").size());
      } finally {
        end(wrong);
      }
    }
  }
}
