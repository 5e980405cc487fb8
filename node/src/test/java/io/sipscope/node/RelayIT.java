package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.sipscope.node.ingest.Messages;
import io.sipscope.protocol.Bytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node whose script sends on what it captures, to the destination that has the least to do.
class RelayIT {
  private static final int PATIENCE = 30_000;

  private final DatagramSocket one = receiver();
  private final DatagramSocket two = receiver();

  private static DatagramSocket receiver() {
    try {
      var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      socket.setSoTimeout(PATIENCE);
      return socket;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String uri(DatagramSocket socket) {
    return "sip:127.0.0.1:" + socket.getLocalPort();
  }

  private static String received(DatagramSocket socket) throws IOException {
    var packet = new DatagramPacket(new byte[4_000], 4_000);
    socket.receive(packet);
    return Bytes.of(packet.getData(), 0, packet.getLength()).latin1();
  }

  private static void send(TestNode node, String call) throws IOException {
    node.sendUdp(Messages.hep3(Messages.options(call, 1), 1_000_000L));
  }

  @Test
  void theLeastLoadedOfASetIsSentTo(@TempDir Path folder) throws Exception {
    var script = folder.resolve("policy.cfg");
    Files.writeString(
        script,
        """
        loadmodule "dispatcher.so"
        loadmodule "statistics.so"
        loadmodule "sipcapture.so"
        modparam("dispatcher", "pvar_algo_pattern", "$stat(load_%u)")
        modparam("dispatcher", "list_file", "LIST")
        route {
          if (!ds_select_dst("1", "9")) exit;
          update_stat("load_$du", "+1");
          hep_relay();
          $var(host) = $(du{uri.host});
          update_stat("went_$var(host)", "+1");
          ds_select_dst("2", "9");
          hep_relay();
        }
        """
            .replace("LIST", folder.resolve("sets.list").toString()));
    Files.writeString(folder.resolve("sets.list"), "# a set\n2 " + uri(one) + "\n");
    var settings =
        "sipscope.store = memory\nsipscope.script.file = \""
            + script
            + "\"\nsipscope.script.dispatcher { 1 = [\""
            + uri(two)
            + "\", \""
            + uri(one)
            + "\"] }";
    try (var node = TestNode.start(settings)) {
      send(node, "first");
      assertTrue(received(two).contains("Call-ID: first"), "both have nothing to do");
      assertTrue(received(one).contains("Call-ID: first"), "of the other set");
      send(node, "second");
      assertTrue(received(one).contains("Call-ID: second"), "the other one has less to do");
      assertTrue(received(one).contains("Call-ID: second"));
      var mi = new Mi(node);
      assertEquals(
          "\"OK\"",
          mi.result("ds_set_state", "[\"i\", \"default:1\", \"URI\"]".replace("URI", uri(two))));
      assertEquals(
          404,
          mi.answer("ds_set_state", "[\"i\", \"1\", \"sip:x\"]")
              .path("error")
              .path("code")
              .asInt());
      send(node, "third");
      assertTrue(received(one).contains("Call-ID: third"), "the other one is out of service");
      assertEquals(
          """
          {"PARTITIONS":[{"name":"default","SETS":[\
          {"id":1,"Destinations":[\
          {"URI":"TWO","state":"Inactive","first_hit_counter":1},\
          {"URI":"ONE","state":"Active","first_hit_counter":2}]},\
          {"id":2,"Destinations":[{"URI":"ONE","state":"Active","first_hit_counter":3}]}]}]}\
          """
              .replace("ONE", uri(one))
              .replace("TWO", uri(two)),
          mi.result("ds_list", "{}"));
      Files.writeString(folder.resolve("sets.list"), "3 " + uri(one) + "\n");
      assertEquals("\"OK\"", mi.result("ds_reload", "{}"));
      Files.writeString(folder.resolve("sets.list"), "3 nowhere\n");
      assertEquals(500, mi.answer("ds_reload", "{}").path("error").path("code").asInt());
      var after = mi.result("ds_list", "{\"partition\":\"default\"}");
      assertTrue(after.contains("\"id\":3") && !after.contains("\"id\":2"), after);
      assertTrue(after.contains("Inactive"), "what stays keeps its state");
      var counted =
          new Mi(node).answer("get_statistics", "{\"statistics\":[\"dynamic:\"]}").path("result");
      assertEquals(3, counted.path("dynamic:went_127.0.0.1").asLong(), counted::toString);
    }
  }

  @Test
  void whatIsNoSetStopsTheStart(@TempDir Path folder) throws Exception {
    var list = folder.resolve("sets.list");
    Files.writeString(list, "1 nowhere\n");
    var script = folder.resolve("policy.cfg");
    var line = "modparam(\"dispatcher\", \"list_file\", \"" + list + "\")\n";
    Files.writeString(script, line);
    assertEquals(
        """
        the policy script has errors.
        SCRIPT:1:1: error: LIST: line 1: "1 nowhere" (wanted: set sip:host:port)
        LINE^~~~~~~~\
        """
            .replace("SCRIPT", script.toString())
            .replace("LIST", list.toString())
            .replace("LINE", line),
        refused("sipscope.script.file = \"" + script + "\""));
    assertEquals(
        "sipscope.script.dispatcher.one is [sip:10.0.0.1], but it must be sets by number:"
            + " { 1 = [\"sip:10.0.0.1:9060\"] }.",
        refused("sipscope.script.dispatcher { one = [\"sip:10.0.0.1\"] }"));
    assertTrue(
        refused("sipscope.script.dispatcher { 1 = [\"10.0.0.1\"] }").contains("\"10.0.0.1\""));
  }

  private static String refused(String settings) {
    var config = ConfigFactory.parseString("sipscope.store = memory\n" + settings);
    return assertThrows(CannotStart.class, () -> Node.start(config)).getMessage();
  }
}
