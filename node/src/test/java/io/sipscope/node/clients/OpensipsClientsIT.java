package io.sipscope.node.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.node.NodeApi;
import io.sipscope.node.TestNode;
import io.sipscope.testing.RequiresTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// python-opensips and opensips-cli against a node, by the bytes they send.
@RequiresTool(value = "mkfifo", debian = "coreutils")
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpensipsClientsIT {
  @TempDir private static Path folder;
  private static ClientsNode node;

  @BeforeAll
  static void start() throws Exception {
    node = ClientsNode.start(folder);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  static List<PythonOpensips> transports() {
    return List.of(node.byHttp(), node.byFifo(), node.byDatagram());
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static PythonOpensips.Refused refused(PythonOpensips mi, String method, JsonNode params) {
    return assertThrows(PythonOpensips.Refused.class, () -> mi.execute(method, params));
  }

  @ParameterizedTest
  @MethodSource("transports")
  void pythonReadsAnswersAndErrorsByEveryTransport(PythonOpensips mi) throws Exception {
    mi.valid();
    assertTrue(mi.execute("version").path("Server").asText().startsWith("OpenSIPS ("));
    var params = PythonJson.of(Map.of("statistics", List.of("shmem:", "active_dialogs")));
    var stats = mi.execute("get_statistics", params);
    assertTrue(stats.path("shmem:total_size").isIntegralNumber(), stats::toString);
    assertTrue(stats.path("dialog:active_dialogs").isIntegralNumber(), stats::toString);
    var unknown = refused(mi, "no_such_command", PythonJson.array());
    assertEquals(-32601, unknown.code);
    assertEquals("Method not found", unknown.reason);
    var missing = refused(mi, "get_statistics", PythonJson.array(List.of("no_such_stat")));
    assertEquals(404, missing.code);
    assertEquals("Statistics Not Found", missing.reason);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void theProbeOfAnOpenAndCloseDoesNoHarm(PythonOpensips mi) throws Exception {
    for (int i = 0; i < 5; i++) {
      mi.valid();
    }
    assertTrue(mi.execute("uptime").has("Up time"));
  }

  @ParameterizedTest
  @MethodSource("transports")
  void statisticsMayBePositionalOrNamed(PythonOpensips mi) throws Exception {
    var cli = new OpensipsCli(mi);
    var positional = cli.mi("get_statistics", "rcv_requests", "rcv_replies");
    assertEquals(
        List.of("core:rcv_requests", "core:rcv_replies"),
        positional.propertyStream().map(Map.Entry::getKey).toList());
    assertEquals(positional, cli.mi("get_statistics", "statistics=rcv_requests rcv_replies"));
    assertEquals(
        "incremental", cli.mi("list_statistics", "core:").path("core:rcv_requests").asText());
    assertEquals("OK", cli.mi("reset_statistics", "slow_messages").asText());
  }

  @Test
  void theCliKnowsTheShortNamesOfEveryCommand() throws Exception {
    var known = texts(node.byFifo().execute("which"));
    for (var command :
        List.of(
            "version",
            "uptime",
            "ps",
            "pwd",
            "arg",
            "which",
            "help",
            "kill",
            "log_level",
            "xlog_level",
            "get_statistics",
            "list_statistics",
            "reset_statistics",
            "reset_all_statistics",
            "trace",
            "trace_start",
            "trace_stop",
            "dlg_list",
            "dlg_list_ctx",
            "profile_get_size",
            "events_list",
            "subscribers_list",
            "event_subscribe",
            "raise_event",
            "sr_list_status",
            "sr_get_status",
            "sr_list_reports",
            "sr_list_identifiers",
            "list_tcp_conns",
            "cluster_list",
            "sip_capture")) {
      assertTrue(known.contains(command), () -> command + " in " + known);
    }
    assertThrows(
        IllegalArgumentException.class, () -> new OpensipsCli(node.byFifo()).mi("ul_dump"));
  }

  @Test
  void theTabKeyOffersTheParametersOfEachRecipe() throws Exception {
    var cli = new OpensipsCli(node.byHttp());
    assertEquals(PythonJson.array(List.of("statistics")), cli.completion("get_statistics"));
    var traceStart = cli.completion("trace_start");
    assertTrue(traceStart.isArray() && traceStart.size() == 3, traceStart::toString);
    assertEquals(List.of("id", "uri"), texts(traceStart.get(0)));
  }

  @Test
  void valuesOfTheCliAreStringsAlsoWhereANumberIsMeant() throws Exception {
    var cli = new OpensipsCli(node.byFifo());
    var level = texts(cli.mi("log_level").path("Processes").findValue("Log level")).size();
    assertEquals(0, level, "one number, no list");
    assertTrue(cli.mi("dlg_list", "index=0", "counter=5").has("count"));
    assertEquals("OK", cli.mi("event_subscribe", "E_CORE_LOG", "udp:127.0.0.1:9", "1").asText());
  }

  @ParameterizedTest
  @MethodSource("transports")
  void diagnoseFindsEveryNumberItReads(PythonOpensips mi) throws Exception {
    var diagnose = new CliDiagnose(mi);
    assertTrue(diagnose.version() > 30, "older than 3.0 is refused, 3.0 has no event_stream");
    diagnose.summary();
    diagnose.memory();
    diagnose.totals();
    var groups = diagnose.load();
    assertTrue(groups.stream().anyMatch(group -> group.startsWith("hep_udp:127.0.0.1:")));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void diagnoseFindsTheReceiveQueueOfHep() throws Exception {
    var table = Files.readString(Path.of("/proc/net/udp"));
    int port = node.node().node().hepUdpAddress().getPort();
    assertTrue(CliDiagnose.isListed(table, port), () -> port + " in " + table);
  }

  @Test
  void diagnoseSeesTrafficInItsTotals() throws Exception {
    var diagnose = new CliDiagnose(node.byHttp());
    long before = diagnose.totals().get("sip");
    var call = new ObservedCall("diagnosed@example.com", "dave", "dora");
    call.answered(node.node());
    call.ended(node.node());
    NodeApi.eventually(
        () -> {
          assertTrue(diagnose.totals().get("sip") >= before + 6);
          return null;
        });
  }

  @Test
  void diagnoseIsDialledWithTheThresholdsItSubscribedTo() throws Exception {
    try (var thresholds = new CliThresholds(node.byFifo())) {
      for (int i = 0; i < 2; i++) {
        var event =
            "{\"source\":\"dns\",\"time\":%d,\"extra\":\"example.com\"}".formatted(7000 + i);
        var params = PythonJson.of(Map.of("event", "E_CORE_THRESHOLD", "params", event));
        assertEquals("OK", node.byHttp().execute("raise_event", params).asText());
      }
      for (int i = 0; i < 2; i++) {
        var event = thresholds.next();
        assertEquals("E_CORE_THRESHOLD", event.path("method").asText());
        assertEquals("dns", event.at("/params/source").asText());
        assertEquals(7000 + i, event.at("/params/time").asInt());
        assertEquals("example.com", event.at("/params/extra").asText());
      }
      thresholds.unsubscribe();
    }
  }

  /// Each message is slow there, and each question to the database.
  @Test
  void diagnoseIsToldOfWhatIsSlowIndeed(@TempDir Path own) throws Exception {
    var settings =
        "sipscope.thresholds { message = 1us, sql = 1us }\nsipscope.data-dir = \"" + own + '"';
    try (var slow = TestNode.start(settings);
        var thresholds = new CliThresholds(new PythonOpensips.Http(slow.uri("/").getPort()))) {
      var call = new ObservedCall("slow@example.com", "sam", "sue");
      var sent = call.answered(slow);
      var sources = new HashSet<String>();
      while (!sources.containsAll(List.of("msg processing", "h2 query"))) {
        var event = thresholds.next();
        var source = event.at("/params/source").asText();
        assertTrue(event.at("/params/time").asLong() > 0, event::toString);
        if (source.equals("msg processing")) {
          assertTrue(sent.contains(event.at("/params/extra").asText()), event::toString);
        }
        sources.add(source);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void pythonSubscribesToAnEventAndLeavesIt(PythonOpensips mi) throws Exception {
    try (var events = new PythonEvents(mi, "E_CORE_PKG_THRESHOLD")) {
      var raised = PythonJson.array("E_CORE_PKG_THRESHOLD", List.of("90", "80", "9", "10", "1"));
      assertEquals("OK", mi.execute("raise_event", raised).asText());
      var event = events.next();
      assertEquals("2.0", event.path("jsonrpc").asText());
      assertEquals("E_CORE_PKG_THRESHOLD", event.path("method").asText());
      assertEquals(List.of("90", "80", "9", "10", "1"), texts(event.path("params")));
      assertFalse(event.has("id"));
      events.unsubscribe();
      NodeApi.eventually(
          () -> {
            var listed = mi.execute("subscribers_list").toString();
            assertFalse(listed.contains(events.socketName() + "\""), listed);
            return null;
          });
      assertEquals(480, refused(mi, "raise_event", raised).code);
    }
  }

  @Test
  void traceStreamsTheCallsItFiltersUntilItIsStopped() throws Exception {
    var mi = node.byFifo();
    try (var trace = new CliTrace(mi, "caller=alice", "ip=10.0.0.1")) {
      var listed = mi.execute("trace", PythonJson.of(Map.of("id", trace.id())));
      var destination = listed.at("/trace destinations/0");
      assertEquals("dynamic", destination.path("state").asText(), listed::toString);
      assertEquals("127.0.0.1:" + trace.port(), destination.path("uri").asText());
      assertEquals(
          "[{\"ip\":\"10.0.0.1\"},{\"caller\":\"alice\"}]", destination.path("filters").toString());
      var other = new ObservedCall("not-traced@example.com", "bob", "carol");
      other.answered(node.node());
      var call = new ObservedCall("traced@example.com", "alice", "bob");
      var sent = new ArrayList<>(call.answered(node.node()));
      sent.addAll(call.ended(node.node()));
      other.ended(node.node());
      var printed = new ArrayList<CliTrace.Printed>();
      for (int i = 0; i < sent.size(); i++) {
        printed.add(trace.next());
      }
      assertEquals(sent, printed.stream().map(CliTrace.Printed::text).toList());
      assertEquals("10.0.0.1:5060 -> 10.0.0.2:5060", printed.getFirst().endpoints());
      assertEquals("10.0.0.2:5060 -> 10.0.0.1:5060", printed.getLast().endpoints());
      assertEquals("UDP", printed.getFirst().transport());
      trace.stop();
      assertTrue(trace.isHungUp());
      var gone = refused(mi, "trace", PythonJson.of(Map.of("id", trace.id())));
      assertEquals(400, gone.code);
      assertEquals("Bad trace id value", gone.reason);
    }
  }

  @Test
  void stoppingTheSecondOfTwoTracesLeavesTheFirst() throws Exception {
    var mi = node.byHttp();
    try (var first = new CliTrace(mi, "caller=frank");
        var second = new CliTrace(mi, "caller=frank")) {
      second.stop();
      assertTrue(second.isHungUp());
      var sent = new ObservedCall("still-traced@example.com", "frank", "bob").answered(node.node());
      for (var message : sent) {
        assertEquals(message, first.next().text());
      }
      first.stop();
      assertTrue(first.isHungUp());
      assertFalse(mi.execute("trace").toString().contains("opensips-cli."));
    }
  }
}
