package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.ingest.Messages;
import io.sipscope.node.ingest.Pcaps;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How a node's process starts, refuses to, and stops.
class StartIT {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          SIPSCOPE_HEP_UDP_PORT,         99999,   sipscope.hep.udp.port
          SIPSCOPE_HEP_TCP_PORT,         sip,     sipscope.hep.tcp.port
          SIPSCOPE_INGEST_BURST_WINDOW,  soon,    sipscope.ingest.burst-window
          SIPSCOPE_INGEST_IN_FLIGHT,     0,       sipscope.ingest.in-flight
          SIPSCOPE_SEED_NODES,           here,    sipscope.cluster.seed-nodes
          SIPSCOPE_STORE,                mysql,   sipscope.store
          SIPSCOPE_HTTP_PORT,            -1,      sipscope.http.port
          SIPSCOPE_HTTP_HOST,            0.0.0.0, sipscope.http.host
          """)
  void aSettingThatMakesNoSenseStopsTheStartWithOneSentence(
      String variable, String value, String key, @TempDir Path folder) throws Exception {
    try (var node = NodeProcess.launch(folder, NodeProcess.freePorts(), Map.of(variable, value))) {
      assertEquals(1, node.awaitExit(), node::log);
      assertTrue(node.log().contains(key), node::log);
      assertTrue(node.log().contains(value), node::log);
      assertFalse(node.log().contains("\tat "), node::log);
    }
  }

  @Test
  void aPortInUseStopsTheStartWithOneSentence(@TempDir Path folder) throws Exception {
    try (var taken = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        var node =
            NodeProcess.launch(
                folder,
                NodeProcess.freePorts(),
                Map.of("SIPSCOPE_HEP_UDP_PORT", Integer.toString(taken.getLocalPort())))) {
      assertEquals(1, node.awaitExit(), node::log);
      assertTrue(
          node.log().contains("sipscope.hep.udp.port is " + taken.getLocalPort()), node::log);
      assertFalse(node.log().contains("\tat "), node::log);
    }
  }

  @Test
  void aDataFolderInUseStopsTheSecondNode(@TempDir Path folder) throws Exception {
    try (var _ = NodeProcess.start(folder, NodeProcess.freePorts(), Map.of());
        var second = NodeProcess.launch(folder, NodeProcess.freePorts(), Map.of())) {
      assertEquals(1, second.awaitExit(), second::log);
      assertTrue(second.log().contains("sipscope.data-dir"), second::log);
    }
  }

  @Test
  void aStopIsQuickAndKeepsEverything(@TempDir Path folder) throws Exception {
    try (var node = NodeProcess.start(folder, NodeProcess.freePorts(), Map.of());
        var api = node.api()) {
      api.importCapture(Pcaps.of(Messages.options("kept", 1), Messages.options("kept", 2)));
      long start = System.nanoTime();
      assertEquals(143, node.terminate(), node::log);
      var took = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(took.compareTo(Duration.ofSeconds(10)) < 0, () -> "it took " + took);
      assertFalse(node.log().contains("ERROR"), node::log);
    }
    try (var again = NodeProcess.start(folder, NodeProcess.freePorts(), Map.of());
        var api = again.api()) {
      assertEquals(2, api.messages("kept").size());
    }
  }
}
