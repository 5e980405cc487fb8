package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What statistics and metrics make of observed calls, through a whole node.
class ObservedTrafficIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRUNK = "sipscope.trunks.carrier = [\"10.0.0.1\"]\n";
  private static final String IN = "{direction=\"in\",trunk=\"carrier\"} ";

  private static long now() {
    return System.currentTimeMillis() * 1_000_000L - 5_000_000_000L;
  }

  private static TestNode node(Path folder) {
    return TestNode.start(TRUNK + "sipscope.data-dir = \"" + folder + "\"");
  }

  private static void send(TestNode node, byte[]... frames) throws IOException {
    try (var socket = node.hepTcp()) {
      for (var frame : frames) {
        socket.getOutputStream().write(frame);
      }
    }
  }

  private static Map<String, Long> statistics(TestNode node) throws Exception {
    var body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"get_statistics\","
            + "\"params\":{\"statistics\":[\"all\"]}}";
    JsonNode answer = JSON.readTree(node.post("/mi", body.getBytes(StandardCharsets.UTF_8)).body());
    var values = new TreeMap<String, Long>();
    answer
        .path("result")
        .properties()
        .forEach(entry -> values.put(entry.getKey(), entry.getValue().asLong()));
    return values;
  }

  private static void awaitStatistics(TestNode node, Map<String, Long> wanted) {
    NodeApi.eventually(
        () -> {
          var there = statistics(node);
          var same = new TreeMap<>(wanted);
          same.replaceAll((name, _) -> there.get(name));
          assertEquals(new TreeMap<>(wanted), same);
          return there;
        });
  }

  private static String metrics(TestNode node) throws Exception {
    return node.get("/metrics").body();
  }

  private static void assertMetric(TestNode node, String line) throws Exception {
    var text = metrics(node);
    assertTrue(
        text.lines().anyMatch(line::equals),
        () -> line + " in\n" + text.lines().filter(l -> l.contains("rfc6076")).toList());
  }

  /// A call that is answered after 300 ms and ended after two seconds.
  private static List<byte[]> answered(String callId, long start) {
    var call = new Sip(callId, start);
    return List.of(
        call.request(0, "INVITE", 1, ""),
        call.reply(100, 180, "INVITE", 1),
        call.reply(300, 200, "INVITE", 1),
        call.request(310, "ACK", 1, "b"),
        call.request(2_300, "BYE", 2, "b"),
        call.reply(2_320, 200, "BYE", 2));
  }

  @Test
  void countsCallsOnceHoweverTheyCome(@TempDir Path folder) throws Exception {
    try (var node = node(folder)) {
      var call = answered("once", now());
      send(node, call.toArray(byte[][]::new));
      awaitStatistics(node, Map.of("dialog:processed_dialogs", 1L));
      var other = answered("backwards", now()).reversed();
      for (var message : other) {
        send(node, message, message);
        int messages = other.indexOf(message) + 1;
        NodeApi.eventually(
            () -> {
              assertEquals(messages, node.messages("backwards").size());
              return messages;
            });
      }
      send(node, call.toArray(byte[][]::new));
      awaitStatistics(
          node,
          Map.of(
              "dialog:processed_dialogs", 2L,
              "dialog:active_dialogs", 0L,
              "dialog:early_dialogs", 0L,
              "dialog:failed_dialogs", 0L,
              "tm:UAS_transactions", 4L,
              "tm:2xx_transactions", 4L,
              "tm:received_replies", 6L,
              "trunk-carrier:calls", 2L,
              "trunk-carrier:answered", 2L,
              "ingest:duplicates", 12L));
      assertMetric(node, "sipscope_rfc6076_session_attempts_total" + IN + "2.0");
      assertMetric(node, "sipscope_rfc6076_ser_ratio" + IN + "1.0");
      assertMetric(node, "sipscope_rfc6076_scr_ratio" + IN + "1.0");
      assertMetric(node, "sipscope_rfc6076_srd_seconds_count" + IN + "2");
      assertMetric(node, "sipscope_rfc6076_sdd_seconds_count" + IN + "2");
      assertMetric(node, "sipscope_rfc6076_sdt_seconds_count" + IN + "2");
      assertMetric(node, "sipscope_rfc6076_sdt_seconds_sum" + IN + "4.0");
    }
  }

  @Test
  void tellsRefusalsApart(@TempDir Path folder) throws Exception {
    try (var node = node(folder)) {
      int[] statuses = {200, 302, 401, 404, 480, 486, 503, 600};
      for (int status : statuses) {
        var call = new Sip("refused-" + status, now());
        send(node, call.request(0, "INVITE", 1, ""), call.reply(40, status, "INVITE", 1));
      }
      awaitStatistics(
          node,
          Map.of(
              "dialog:processed_dialogs", 8L,
              "dialog:active_dialogs", 1L,
              "dialog:failed_dialogs", 7L,
              "tm:3xx_transactions", 1L,
              "tm:4xx_transactions", 4L,
              "tm:5xx_transactions", 1L,
              "tm:6xx_transactions", 1L));
      // 7 attempts without the challenged one, 6 without the redirected one.
      assertMetric(node, "sipscope_rfc6076_ser_ratio" + IN + 1 / 6.0);
      assertMetric(node, "sipscope_rfc6076_seer_ratio" + IN + 4 / 6.0);
      assertMetric(node, "sipscope_rfc6076_isa_ratio" + IN + 1 / 7.0);
      assertMetric(node, "sipscope_rfc6076_srd_failed_seconds_count" + IN + "5");
    }
  }

  @Test
  void knowsWhoIsRegistered(@TempDir Path folder) throws Exception {
    try (var node = node(folder)) {
      var phone = new Sip("phone", now());
      send(
          node,
          phone.request(0, "REGISTER", 1, ""),
          phone.reply(20, 401, "REGISTER", 1),
          phone.request(40, "REGISTER", 2, ""),
          phone.reply(
              60,
              200,
              "REGISTER",
              2,
              "Contact: <sip:bob@10.0.0.1>;expires=600, <sip:bob@10.0.0.9>;expires=300\r\n"));
      awaitStatistics(
          node,
          Map.of(
              "usrloc:registered_users", 1L,
              "usrloc:location-contacts", 2L,
              "registrar:accepted_regs", 1L,
              "registrar:rejected_regs", 0L,
              "registrar:max_expires", 600L));
      assertMetric(node, "sipscope_rfc6076_rrd_seconds_count" + IN + "1");
      assertMetric(node, "sipscope_rfc6076_rrd_seconds_sum" + IN + "0.02");
    }
  }

  @Test
  void callsThatGoOnAreKnownAfterARestart(@TempDir Path folder) throws Exception {
    var call = new Sip("goes-on", now());
    try (var node = node(folder)) {
      send(node, call.request(0, "INVITE", 1, ""), call.reply(300, 200, "INVITE", 1));
      awaitStatistics(node, Map.of("dialog:active_dialogs", 1L));
    }
    try (var node = node(folder)) {
      awaitStatistics(node, Map.of("dialog:active_dialogs", 1L, "trunk-carrier:active", 1L));
      send(node, call.request(2_300, "BYE", 2, "b"), call.reply(2_320, 200, "BYE", 2));
      awaitStatistics(
          node,
          Map.of(
              "dialog:active_dialogs", 0L,
              "trunk-carrier:active", 0L,
              "dialog:processed_dialogs", 0L));
      assertMetric(node, "sipscope_rfc6076_sdd_seconds_count" + IN + "1");
    }
  }

  @Test
  void hasWhatOpensipsCliIndexes(@TempDir Path folder) throws Exception {
    try (var node = node(folder)) {
      send(node, new Sip("names", now()).request(0, "OPTIONS", 1, ""));
      awaitStatistics(node, Map.of("core:rcv_requests", 1L, "sipcapture:captured_requests", 1L));
      var names = statistics(node).keySet();
      for (var name :
          """
          core:rcv_replies core:slow_messages core:timestamp core:bad_URIs_rcvd net:waiting_udp
          dns:dns_total_queries dns:dns_slow_queries sql:sql_total_queries sql:sql_slow_queries
          cdb:cdb_total_queries cdb:cdb_slow_queries shmem:total_size shmem:real_used_size
          shmem:max_used_size shmem:fragments rpmem:rpm_free_size load:load load:load1m
          load:load10m load:load-all load:processes_number load:load-proc-0 load:load10m-proc-1
          pkmem:0-real_used_size pkmem:0-free_size pkmem:0-max_used_size pkmem:1-fragments
          sl:received_ACKs tm:inuse_transactions tm:timeout_finalresponse dialog:delete_recv
          usrloc:location-expires agent-edge_one:packets agent-edge_one:last_seen
          hep:version_3 hep:payload_sip ingest:in_flight journal:batches_written
          """
              .split("\\s+", -1)) {
        assertTrue(name.isEmpty() || names.contains(name), name);
      }
    }
  }
}
