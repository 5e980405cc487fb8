package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What workers do is told to who asks for it, and to nobody else.
class ProfilingIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_MILLIS = 20_000;
  private static final String OWN_PID = Long.toString(ProcessHandle.current().pid());

  private static TestNode node;
  private static Mi mi;
  private DatagramSocket subscriber;

  @BeforeAll
  static void start() {
    node =
        TestNode.start(
            """
            sipscope.store = memory
            sipscope.auto-scaling.profiles = ["a scale up to 2 on 99% for 9 cycles"]
            sipscope.auto-scaling.use = a
            """);
    mi = new Mi(node);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void subscribe() throws Exception {
    subscriber = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    subscriber.setSoTimeout(PATIENCE_MILLIS);
    assertEquals("\"OK\"", subscription(600));
  }

  private String subscription(int seconds) throws Exception {
    return mi.result(
        "event_subscribe",
        "[\"E_PROFILING_PROC\", \"udp:127.0.0.1:%d\", %d]"
            .formatted(subscriber.getLocalPort(), seconds));
  }

  @AfterEach
  void quiet() throws Exception {
    assertEquals("\"OK\"", mi.result("profiling_proc", "{\"level\":0}"));
    subscription(0);
    subscriber.close();
  }

  private JsonNode event() throws Exception {
    var packet = new DatagramPacket(new byte[65_535], 65_535);
    subscriber.receive(packet);
    return JSON.readTree(
            new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
        .path("params");
  }

  private static JsonNode processes(String params) throws Exception {
    return mi.answer("profiling_proc", params).path("result").path("Processes");
  }

  private static int idOf(String type) throws Exception {
    for (var process : processes("{}")) {
      if (process.path("Type").asText().startsWith(type)) {
        return process.path("ID").asInt();
      }
    }
    throw new AssertionError("no " + type);
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void levelsAreShownAndSetForOneWorkerOrAll() throws Exception {
    var all = processes("{}");
    assertEquals(mi.answer("ps", "{}").path("result").path("Processes").size(), all.size());
    assertEquals(List.of("ID", "PID", "Profiling level", "Type"), names(all.get(0)));
    assertEquals("\"OK\"", mi.result("profiling_proc", "{\"id\":1,\"level\":2}"));
    assertEquals(2, processes("{\"id\":1}").get(0).path("Profiling level").asInt());
    assertEquals(1, processes("{\"id\":\"1\"}").size());
    assertEquals(0, processes("{\"id\":0}").get(0).path("Profiling level").asInt());
    assertEquals("\"OK\"", mi.result("profiling_proc", "{\"level\":99}"));
    assertEquals(3, processes("{\"id\":0}").get(0).path("Profiling level").asInt());
    assertEquals("\"OK\"", mi.result("profiling_proc", "{\"level\":-4}"));
    assertEquals(0, processes("{\"id\":1}").get(0).path("Profiling level").asInt());
    assertEquals("\"OK\"", mi.result("profiling_proc", "{\"pid\":" + OWN_PID + ",\"level\":1}"));
    assertEquals(1, processes("{\"pid\":" + OWN_PID + "}").get(0).path("Profiling level").asInt());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"id":99}                     | Bad process ID
          {"id":99,"level":1}           | Bad process ID
          {"pid":1}                     | Bad PID
          {"pid":1,"level":1}           | Bad PID
          {"id":1,"pid":1}              | Only one of 'id' or 'pid' is allowed
          {"id":1,"pid":1,"level":1}    | Only one of 'id' or 'pid' is allowed
          {"id":"one"}                  | Bad type for parameter 'id'
          {"what":1}                    | Named parameters do not match
          [1]                           | Ambiguous call, use named parameters instead
          """)
  void whatMakesNoSenseIsRefused(String params, String why) throws Exception {
    assertEquals(
        "{\"code\":-32602,\"message\":\"Invalid params\",\"data\":\"" + why + "\"}",
        mi.error("profiling_proc", params));
  }

  @Test
  void whatComesInIsToldStepByStepWithItsNesting() throws Exception {
    int receiver = idOf("SIP receiver hep_udp:");
    assertEquals(
        "\"OK\"", mi.result("profiling_proc", "{\"id\":%d,\"level\":1}".formatted(receiver)));
    node.sendUdp(new Sip("profiled", 1_700_000_000_000_000_000L).request(0, "INVITE", 1, ""));
    var socket = Node.shown(node.node().hepUdpAddress());
    var steps = new ArrayList<String>();
    JsonNode event;
    do {
      event = event();
      steps.add(
          event.path("verb").asText()
              + " "
              + event.path("name").asText()
              + " "
              + event.path("depth").asText());
      var wanted =
          new ArrayList<>(List.of("sec", "usec", "session", "verb", "name", "type", "depth"));
      switch (event.path("verb").asText()) {
        case "enter" -> wanted.addAll(List.of("file", "line"));
        case "exit" -> wanted.addAll(List.of("file", "line", "status"));
        case "end" -> wanted.add("status");
        default -> {}
      }
      assertEquals(wanted, names(event));
      assertEquals(OWN_PID, event.path("session").asText());
      assertEquals(1, event.path("type").asInt());
      if (wanted.contains("line")) {
        assertTrue(event.path("line").asInt() > 0, event.toString());
        assertEquals("Ingest.arrivals", event.path("file").asText());
      }
    } while (!event.path("verb").asText().equals("end"));
    assertEquals(
        List.of(
            "start SIP receiver hep_udp:" + socket + " 0",
            "enter hep proto reading 1",
            "enter receive_msg 2",
            "enter hep_decode 3",
            "exit hep_decode 2",
            "enter parse_msg 3",
            "exit parse_msg 2",
            "exit receive_msg 1",
            "exit reading done 0",
            "end SIP receiver hep_udp:" + socket + " 0"),
        steps);
  }

  @Test
  void whoReadsTheSocketTellsOfIt() throws Exception {
    int reader = idOf("UDP reader hep_udp:");
    mi.result("profiling_proc", "{\"id\":%d,\"level\":1}".formatted(reader));
    node.sendUdp(new Sip("read", 1_700_000_000_000_000_000L).request(0, "INVITE", 1, ""));
    var steps = new ArrayList<String>();
    JsonNode event;
    do {
      event = event();
      steps.add(event.path("verb").asText() + " " + event.path("name").asText());
      assertEquals(1, event.path("type").asInt());
    } while (!event.path("verb").asText().equals("end"));
    var worker = "UDP reader hep_udp:" + Node.shown(node.node().hepUdpAddress());
    assertEquals(
        List.of(
            "start " + worker, "enter hep_udp reading", "exit hep_udp reading", "end " + worker),
        steps);
  }

  @Test
  void requestsAreToldFromTheSecondLevelOnAndTimersFromTheThird() throws Exception {
    mi.result("profiling_proc", "{\"level\":2}");
    node.get("/alive");
    JsonNode event;
    do {
      event = event();
    } while (!event.path("verb").asText().equals("exit"));
    assertEquals("HTTPD_CB", event.path("name").asText());
    assertEquals(200, event.path("status").asInt());
    assertEquals(4, event.path("type").asInt());
    mi.result("profiling_proc", "{\"level\":3}");
    do {
      event = event();
    } while (!event.path("name").asText().equals("timer"));
    assertEquals(3, event.path("type").asInt());
  }
}
