package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.node.ingest.Messages;
import io.sipscope.testing.PgServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a node says of its parts, in OpenSIPS's forms, and that it is true.
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StatusIT {
  private static final String RUNNING = "{\"Readiness\":true,\"Status\":1,\"Details\":\"running\"}";

  private static void awaitStatus(Mi mi, String params, String wanted) {
    NodeApi.eventually(
        () -> {
          assertEquals(wanted, mi.result("sr_get_status", params));
          return null;
        });
  }

  private static List<String> names(JsonNode list, String field) {
    var names = new ArrayList<String>();
    list.forEach(one -> names.add(one.path(field).asText()));
    return names;
  }

  @Test
  void everyCommandAnswersInEachOfItsShapes() throws Exception {
    try (var node = TestNode.start("sipscope.store = memory")) {
      var mi = new Mi(node);
      awaitStatus(mi, "{\"group\":\"core\"}", RUNNING);
      assertEquals(RUNNING, mi.result("sr_get_status", "[\"core\", \"main\"]"));
      assertEquals(
          "{\"Readiness\":true,\"Status\":1,\"Details\":\"aggregated\"}",
          mi.result("sr_get_status", "[\"ingest\", \"all\"]"));
      var all = mi.answer("sr_list_status", "{}").path("result");
      var groups = names(all, "Name");
      assertTrue(
          groups.containsAll(
              List.of("core", "store", "ingest", "trace", "cluster", "script", "retention")),
          all::toString);
      assertEquals(groups, names(mi.answer("sr_list_reports", "{}").path("result"), "Name"));
      var identifiers = mi.answer("sr_list_identifiers", "{}").path("result");
      assertEquals(groups, names(identifiers, "Group"));
      var ingest = mi.answer("sr_list_identifiers", "[\"ingest\"]").path("result");
      assertEquals("ingest", ingest.path("Group").asText());
      var udp = "hep_udp:127.0.0.1:" + node.node().hepUdpAddress().getPort();
      assertTrue(ingest.path("Identifiers").toString().contains("\"main\",\"" + udp), udp);
      var one = mi.answer("sr_list_status", "[\"ingest\"]").path("result").path(1);
      assertEquals(
          "{\"Name\":\"" + udp + "\",\"Readiness\":true,\"Status\":1,\"Details\":\"listening\"}",
          one.toString());
      var report = mi.answer("sr_list_reports", "[\"core\", \"main\"]").path("result").path(0);
      assertTrue(report.path("Timestamp").isIntegralNumber(), report::toString);
      assertTrue(
          report.path("Date").asText().matches("\\w{3} \\w{3} [ \\d]\\d [\\d:]{8} \\d{4}"),
          report::toString);
      assertEquals("initializing", report.path("Log").asText());
      var ofGroup = mi.answer("sr_list_reports", "[\"core\"]").path("result").path(0);
      assertEquals("main", ofGroup.path("Name").asText());
      assertEquals(report, ofGroup.path("Reports").path(0));
      var noGroup = "{\"code\":404,\"message\":\"Group not found\"}";
      for (var method :
          List.of("sr_get_status", "sr_list_status", "sr_list_reports", "sr_list_identifiers")) {
        assertEquals(noGroup, mi.error(method, "{\"group\":\"nope\"}"), method);
      }
      assertEquals(
          "{\"code\":404,\"message\":\"Identity not found\"}",
          mi.error("sr_get_status", "[\"core\", \"nope\"]"));
      assertEquals(
          "{\"code\":404,\"message\":\"Identifier not found\"}",
          mi.error("sr_list_reports", "[\"core\", \"nope\"]"));
    }
  }

  @Test
  void aStoreThatIsStoppedMakesItAndTheNodeUnready() throws Exception {
    try (var server = PgServer.start("fsync=off");
        var node =
            TestNode.start(
                """
                sipscope.store = postgres
                sipscope.postgres.url = "%s"
                sipscope.postgres.user = "%s"
                """
                    .formatted(server.newDatabase(), PgServer.USER));
        var heard = EventsHeard.of(node, "E_CORE_SR_STATUS_CHANGED")) {
      var mi = new Mi(node);
      awaitStatus(mi, "[\"core\"]", RUNNING);
      server.stop();
      var changed = heard.next(event -> event.path("group").asText().equals("store"));
      assertEquals(
          "{\"group\":\"store\",\"identifier\":\"main\",\"status\":-1,\"details\":\"The store does"
              + " not answer.\",\"old_status\":1}",
          changed.toString());
      awaitStatus(
          mi,
          "[\"retention\"]",
          "{\"Readiness\":false,\"Status\":-1,\"Details\":\"waits for the store\"}");
      NodeApi.eventually(
          () -> {
            assertEquals(503, node.get("/ready").statusCode());
            assertTrue(mi.result("sr_get_status", "[\"core\"]").startsWith("{\"Readiness\":false"));
            return null;
          });
      assertEquals(200, node.get("/alive").statusCode());
      var waiting = new Sip("waits@example.com", 1_700_000_000_000_000_000L);
      for (int i = 1; i <= 3; i++) {
        node.sendUdp(waiting.request(i, "OPTIONS", i, ""));
        var waits = i + " messages wait for it";
        NodeApi.eventually(
            () -> {
              assertTrue(node.get("/ready").body().contains(waits), waits);
              return null;
            });
        LockSupport.parkNanos(1_500_000_000L); // the status is looked at once a second
      }
      server.startAgain();
      awaitStatus(mi, "[\"core\"]", RUNNING);
      awaitStatus(mi, "[\"store\"]", RUNNING);
      assertEquals(200, node.get("/ready").statusCode());
      var reports =
          names(mi.answer("sr_list_reports", "[\"store\", \"main\"]").path("result"), "Log");
      assertEquals(List.of("The store does not answer.", "running"), reports);
      assertEquals(
          List.of(
              "initializing",
              "initialization completed, ready now",
              "The store does not answer.",
              "ready again"),
          names(mi.answer("sr_list_reports", "[\"core\", \"main\"]").path("result"), "Log"));
    }
  }

  @Test
  void aSourceThatCannotBeReachedIsNotReadyAndHarmsNothingElse() throws Exception {
    int port = NodeProcess.freePorts().getFirst();
    try (var node =
        TestNode.start(
            "sipscope.store = memory\nsipscope.ami.host = 127.0.0.1\nsipscope.ami.port = "
                + port
                + "\nsipscope.ami.username = u\nsipscope.ami.secret = s\n")) {
      var mi = new Mi(node);
      NodeApi.eventually(
          () -> {
            var listed = mi.result("sr_list_status", "[\"ingest\"]");
            assertTrue(
                listed.contains("{\"Name\":\"ami:127.0.0.1:" + port + "\",\"Readiness\":false"),
                listed);
            return null;
          });
      assertEquals(RUNNING, mi.result("sr_get_status", "[\"ingest\"]"));
      assertEquals(200, node.get("/ready").statusCode());
    }
  }

  @Test
  void whenTheCaptureIsOffTheIngestIsNotReadyAndTheNodeStillAnswers() throws Exception {
    try (var node = TestNode.start("sipscope.store = memory")) {
      var mi = new Mi(node);
      assertEquals("\"OK\"", mi.result("sip_capture", "[\"off\"]"));
      awaitStatus(
          mi,
          "[\"ingest\"]",
          "{\"Readiness\":false,\"Status\":-1,\"Details\":\"the capture is switched off\"}");
      assertEquals(200, node.get("/ready").statusCode());
      assertEquals("\"OK\"", mi.result("sip_capture", "[\"on\"]"));
      awaitStatus(mi, "[\"ingest\"]", RUNNING);
    }
  }

  @Test
  void theRetentionTellsWhatItDropped(@TempDir Path folder) throws Exception {
    var settings =
        "sipscope.data-dir = \"" + folder + "\"\nsipscope.retention { every = 1s, bytes = 1 }\n";
    try (var node = TestNode.start(settings)) {
      var mi = new Mi(node);
      for (int i = 1; i <= 20; i++) {
        node.sendUdp(Messages.hep3(Messages.options("kept-not-" + i), i));
      }
      NodeApi.eventually(
          () -> {
            var reports = mi.result("sr_list_reports", "[\"retention\", \"main\"]");
            assertTrue(reports.matches(".*\"dropped \\d+ events?\".*"), reports);
            var status = mi.answer("sr_get_status", "[\"retention\"]").path("result");
            assertTrue(status.path("Readiness").asBoolean(), status::toString);
            assertTrue(
                status.path("Details").asText().matches("swept at 20\\d\\d-.*Z"), status::toString);
            return null;
          });
    }
  }

  /// Killed, it is not heard of; then it is taken out.
  @Test
  void aMemberThatIsNotHeardOfIsUnreachable(@TempDir Path folder) throws Exception {
    // Of two that cannot reach each other the one with the lowest port goes on.
    var ports =
        Stream.of(NodeProcess.freePorts(), NodeProcess.freePorts())
            .flatMap(List::stream)
            .sorted()
            .toList();
    var database = PgServer.shared().newDatabase();
    try (var node =
            TestNode.start(
                """
                sipscope.store = postgres
                sipscope.postgres.url = "%s"
                sipscope.postgres.user = "%s"
                pekko.remote.artery.canonical.port = %d
                """
                    .formatted(database, PgServer.USER, ports.getFirst()));
        var heard = EventsHeard.of(node, "E_MEMBER_UP", "E_MEMBER_DOWN");
        var other =
            NodeProcess.start(
                folder,
                ports.subList(3, 6),
                Map.of(
                    "SIPSCOPE_STORE",
                    "postgres",
                    "SIPSCOPE_POSTGRES_URL",
                    database,
                    "SIPSCOPE_POSTGRES_USER",
                    PgServer.USER,
                    "SIPSCOPE_SEED_NODES",
                    node.node().clusterAddress()))) {
      var address = "pekko://sipscope@" + other.clusterAddress();
      var mi = new Mi(node);
      assertEquals(address, heard.next().path("member").asText());
      awaitStatus(
          mi,
          "[\"cluster\", \"" + address + "\"]",
          "{\"Readiness\":true,\"Status\":1,\"Details\":\"up\"}");
      other.kill();
      var down = heard.next();
      assertEquals("{\"member\":\"" + address + "\",\"reason\":\"unreachable\"}", down.toString());
      awaitStatus(
          mi, "[\"cluster\"]", "{\"Readiness\":true,\"Status\":1,\"Details\":\"1 member\"}");
      assertEquals(List.of(), heard.rest());
    }
  }
}
