package io.sipscope.node.sources.live;

import static io.sipscope.node.NodeApi.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.TestNode;
import io.sipscope.node.ingest.Messages;
import io.sipscope.testing.RequiresTool;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real programs on the loopback interface, which takes the right to capture: root, in CI.
@RequiresTool(value = "dumpcap", debian = "wireshark-common")
@RequiresTool(value = "tshark", debian = "tshark")
@RequiresTool(value = "tcpdump", debian = "tcpdump")
class LiveCaptureIT {
  private static final int DIALOGS = 10;
  private static final int EACH = 100;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private static TestNode node(String program, int port) {
    return TestNode.start(
        """
        sipscope.store = memory
        sipscope.capture {
          interfaces = "lo"
          program = "%s"
          filter = "udp port %d or udp portrange 9000-9999"
        }
        """
            .formatted(program, port));
  }

  private static void assertUp(TestNode node) {
    eventually(
        () -> {
          assertEquals(1, statistic(node, "live_up"));
          return null;
        });
  }

  private static long statistic(TestNode node, String name) throws Exception {
    return node.json("/api/statistics?names=sources:" + name).findValue("sources:" + name).asLong();
  }

  private static void send(DatagramSocket from, int port, int first, int last) throws Exception {
    for (int i = first; i <= last; i++) {
      for (int dialog = 0; dialog < DIALOGS; dialog++) {
        var sip =
            Messages.options("live-" + dialog + "@example.com", i).getBytes(StandardCharsets.UTF_8);
        from.send(new DatagramPacket(sip, sip.length, LOOPBACK, port));
      }
    }
  }

  private static void assertComplete(TestNode node, int last) {
    for (int dialog = 0; dialog < DIALOGS; dialog++) {
      var callId = "live-" + dialog + "@example.com";
      eventually(
          () -> {
            var found = node.messages(callId);
            assertEquals(
                IntStream.rangeClosed(1, last).boxed().toList(),
                StreamSupport.stream(found.spliterator(), false)
                    .map(message -> message.path("cseq").asInt())
                    .toList());
            assertEquals("live", found.get(0).path("sourceKind").asText());
            assertEquals("lo", found.get(0).path("agent").asText());
            return null;
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dumpcap", "tshark", "tcpdump"})
  void aThousandMessagesAreStoredCompleteAndInOrder(String program) throws Exception {
    try (var sink = new DatagramSocket(0, LOOPBACK);
        var from = new DatagramSocket(0, LOOPBACK);
        var node = node(program, sink.getLocalPort())) {
      assertUp(node);
      send(from, sink.getLocalPort(), 1, EACH);
      assertComplete(node, EACH);
      node.assertConserved(DIALOGS * EACH);
      var message = node.messages("live-0@example.com").get(0);
      assertEquals("127.0.0.1:" + from.getLocalPort(), message.path("source").asText());
      assertEquals("127.0.0.1:" + sink.getLocalPort(), message.path("destination").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dumpcap", "tshark", "tcpdump"})
  void aProgramThatIsKilledIsBackAndWhatComesThenIsStored(String program) throws Exception {
    try (var sink = new DatagramSocket(0, LOOPBACK);
        var from = new DatagramSocket(0, LOOPBACK);
        var node = node(program, sink.getLocalPort())) {
      assertUp(node);
      send(from, sink.getLocalPort(), 1, EACH / 2);
      assertComplete(node, EACH / 2);
      long killed =
          ProcessHandle.current()
              .descendants()
              .filter(child -> isCapturing(child, sink.getLocalPort()))
              .filter(ProcessHandle::destroyForcibly)
              .count();
      assertTrue(killed > 0);
      eventually(
          () -> {
            assertEquals(0, statistic(node, "live_up"));
            return null;
          });
      assertUp(node);
      send(from, sink.getLocalPort(), EACH / 2 + 1, EACH);
      assertComplete(node, EACH);
      node.assertConserved(DIALOGS * EACH);
    }
  }

  private static boolean isCapturing(ProcessHandle child, int port) {
    return child
        .info()
        .arguments()
        .map(arguments -> String.join(" ", arguments))
        .orElse("")
        .contains("udp port " + port);
  }

  @Test
  void whatComesAsHepIsNotTakenForSipOnItsWayIn() throws Exception {
    try (var sink = new DatagramSocket(0, LOOPBACK);
        var node =
            TestNode.start(
                """
                sipscope.store = memory
                sipscope.capture { interfaces = [lo], program = dumpcap, filter = "udp or tcp" }
                """)) {
      assertUp(node);
      node.sendUdp(Messages.hep3(Messages.options("by-hep@example.com"), 1));
      var sip = Messages.options("by-wire@example.com").getBytes(StandardCharsets.UTF_8);
      try (var from = new DatagramSocket(0, LOOPBACK)) {
        from.send(new DatagramPacket(sip, sip.length, LOOPBACK, sink.getLocalPort()));
      }
      eventually(
          () -> {
            assertEquals(1, node.messages("by-wire@example.com").size());
            return null;
          });
      assertEquals(1, node.messages("by-hep@example.com").size());
      assertEquals("hep", node.messages("by-hep@example.com").get(0).path("sourceKind").asText());
    }
  }
}
