package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.sipscope.node.ingest.Messages;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alert rules: kept, looked at, told once each way.
class AlertsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static HttpResponse<String> send(TestNode node, String method, String path, String body)
      throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(node.uri(path))
              .method(
                  method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
              .header("Content-Type", "application/json")
              .build(),
          BodyHandlers.ofString());
    }
  }

  private static JsonNode alerts(TestNode node) throws Exception {
    return JSON.readTree(node.get("/api/alerts").body()).path("alerts");
  }

  private static void awaitState(TestNode node, String state) {
    NodeApi.eventually(
        () -> {
          assertEquals(state, alerts(node).path(0).path("state").asText());
          return null;
        });
  }

  private static JsonNode next(LinkedBlockingQueue<String> told) throws Exception {
    return JSON.readTree(told.poll(20, TimeUnit.SECONDS)).path("params");
  }

  @Test
  void aBoundThatIsCrossedIsToldOnceAndOnceWhenItIsNoMore(@TempDir Path folder) throws Exception {
    var told = new LinkedBlockingQueue<String>();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    var settings = "sipscope.store = h2\nsipscope.data-dir = \"" + folder + "\"";
    var rule =
        """
        {"statistic":"core:rcv_requests","rate":true,"comparison":"above","bound":0.5,\
        "forSeconds":1,"webhook":"http://127.0.0.1:%d/alert"}\
        """
            .formatted(server.getAddress().getPort());
    try (var node = TestNode.start(settings)) {
      var put = send(node, "PUT", "/api/alerts/Requests", rule);
      assertEquals(200, put.statusCode(), put.body());
      assertEquals("unknown", JSON.readTree(put.body()).path("state").asText());
      awaitState(node, "ok");
      NodeApi.eventually(
          () -> {
            for (int i = 0; i < 20; i++) {
              node.sendUdp(Messages.hep3(Messages.options("alert" + System.nanoTime()), 1));
            }
            assertEquals("raised", alerts(node).path(0).path("state").asText());
            return null;
          });
      var raised = next(told);
      assertEquals("Requests", raised.path("name").asText());
      assertEquals("core:rcv_requests", raised.path("statistic").asText());
      assertEquals("above", raised.path("comparison").asText());
      assertEquals("0.5", raised.path("bound").asText());
      assertEquals("raised", raised.path("state").asText());
      assertTrue(Double.parseDouble(raised.path("value").asText()) > 0.5, raised.toString());
      awaitState(node, "ok");
      assertEquals("cleared", next(told).path("state").asText());
      assertNull(told.poll());
      var recent = JSON.readTree(node.get("/api/events/recent").body()).path("events");
      assertEquals(2, recent.findValuesAsText("name").stream().filter("E_ALERT"::equals).count());
    } finally {
      server.stop(0);
    }
    try (var node = TestNode.start(settings)) {
      assertEquals("Requests", alerts(node).path(0).path("name").asText());
      assertEquals(204, send(node, "DELETE", "/api/alerts/Requests", "").statusCode());
      assertEquals(404, send(node, "DELETE", "/api/alerts/Requests", "").statusCode());
      assertEquals(0, alerts(node).size());
    }
  }

  @Test
  void twoNodesTellOfItOnceAndTheOtherGoesOnWhenTheFirstIsGone() throws Exception {
    var told = new LinkedBlockingQueue<String>();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    var memory = "sipscope.store = memory";
    var rule =
        """
        {"statistic":"shmem:total_size","comparison":"above","bound":1,"forSeconds":1,\
        "webhook":"http://127.0.0.1:%d/alert"}\
        """
            .formatted(server.getAddress().getPort());
    var first = TestNode.start(memory);
    try (var second =
        TestNode.start(
            memory + "\nsipscope.cluster.seed-nodes = \"" + first.node().clusterAddress() + '"')) {
      try {
        // in memory each node has a store of its own
        assertEquals(200, send(first, "PUT", "/api/alerts/heap", rule).statusCode());
        assertEquals(200, send(second, "PUT", "/api/alerts/heap", rule).statusCode());
        assertEquals("raised", next(told).path("state").asText());
        awaitState(first, "raised");
        awaitState(second, "raised");
        assertEquals(alerts(first).path(0).path("since"), alerts(second).path(0).path("since"));
      } finally {
        first.close();
      }
      var rules =
          """
          {"statistic":"shmem:total_size","comparison":"below","bound":1}\
          """;
      NodeApi.eventually(
          () -> {
            // whoever was raised and is another now is cleared, by the node that took over
            assertEquals(200, send(second, "PUT", "/api/alerts/heap", rules).statusCode());
            assertEquals("ok", alerts(second).path(0).path("state").asText());
            return null;
          });
      assertEquals("cleared", next(told).path("state").asText());
      assertNull(told.poll());
    } finally {
      server.stop(0);
    }
  }

  /// Calls are of the node that took them: the second one's count for the first, which looks.
  @Test
  void aKpiIsOfTheCallsOfAllNodesAndOfATrunk() throws Exception {
    var memory = "sipscope.store = memory\nsipscope.trunks { carrier = [10.0.0.2/32] }\n";
    try (var first = TestNode.start(memory);
        var second =
            TestNode.start(
                memory
                    + "sipscope.cluster.seed-nodes = \""
                    + first.node().clusterAddress()
                    + '"')) {
      for (var kpi : new String[] {"asr", "ner/carrier/out"}) {
        var rule = "{\"statistic\":\"" + kpi + "\",\"comparison\":\"below\",\"bound\":10}";
        var put = send(first, "PUT", "/api/alerts/" + kpi.substring(0, 3), rule);
        assertEquals(200, put.statusCode(), put.body());
      }
      NodeApi.eventually(
          () -> {
            var call = "busy" + System.nanoTime();
            var sip = new Sip(call, System.currentTimeMillis() * 1_000_000);
            second.sendUdp(sip.request(0, "INVITE", 1, ""));
            second.sendUdp(sip.reply(10, 486, "INVITE", 1));
            second.sendUdp(sip.request(20, "ACK", 1, "b"));
            var alerts = alerts(first);
            assertEquals("raised", alerts.path(0).path("state").asText(), alerts.toString());
            assertEquals(0, alerts.path(0).path("value").asDouble(), alerts.toString());
            assertEquals("ok", alerts.path(1).path("state").asText(), alerts.toString());
            assertEquals(100, alerts.path(1).path("value").asDouble(), alerts.toString());
            return null;
          });
    }
  }

  @Test
  void whatIsNoRuleIsRefusedByItsMember() throws Exception {
    try (var node = TestNode.start("sipscope.store = memory")) {
      for (var bad :
          new String[] {
            "[]",
            "{",
            "{\"comparison\":\"above\",\"bound\":1}",
            "{\"statistic\":\"a:b\",\"bound\":1}",
            "{\"statistic\":\"a:b\",\"comparison\":\"above\"}",
            "{\"statistic\":\"a:b\",\"comparison\":\"above\",\"bound\":\"1\"}",
            "{\"statistic\":\"a:b\",\"comparison\":\"above\",\"bound\":1,\"forSeconds\":-1}",
            "{\"statistic\":\"a:b\",\"comparison\":\"above\",\"bound\":1,\"webhook\":\"udp:a:1\"}",
            "{\"statistic\":\"a:b\",\"comparison\":\"above\",\"bound\":1,\"colour\":\"red\"}",
            "{\"statistic\":\"asr/a/down\",\"comparison\":\"above\",\"bound\":1}",
            "{\"statistic\":\"asr\",\"rate\":true,\"comparison\":\"above\",\"bound\":1}",
          }) {
        var answer = send(node, "PUT", "/api/alerts/x", bad);
        assertEquals(400, answer.statusCode(), bad);
      }
      assertEquals(0, alerts(node).size());
      assertNotEquals(200, send(node, "PUT", "/api/alerts/%0a", "{}").statusCode());
    }
  }
}
