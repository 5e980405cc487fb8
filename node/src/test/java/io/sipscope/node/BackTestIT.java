package io.sipscope.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.testing.Corpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A back-test says of stored dialogs what the same script did while they were stored.
class BackTestIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCRIPT =
      """
      loadmodule "tracer.so"
      loadmodule "sipmsgops.so"
      loadmodule "statistics.so"
      modparam("tracer", "trace_id", "[tid]uri=hep:127.0.0.1:9;transport=udp")
      modparam("statistics", "stat_groups", "method, reply")
      route {
        update_stat("method:$rm", 1);
        if (!has_totag()) {
          if (is_method("INVITE")) {
            trace("tid", "d");
          } else {
            trace("tid", "t");
          }
        }
      }
      onreply_route {
        update_stat("reply:$rs", 1);
        if ($rs == 404) {
          trace("tid", "m");
        }
      }
      """;

  @Test
  void itSaysWhatTheScriptDidLive(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("policy.cfg"), SCRIPT);
    try (var node =
        TestNode.start("sipscope.store = memory\nsipscope.script.file = \"" + file + "\"")) {
      for (var capture : captures()) {
        var answer = node.post("/api/captures", Files.readAllBytes(capture));
        assertTrue(answer.statusCode() < 500, capture + ": " + answer.body());
      }
      var counted = counted(node);
      long traced = value(node, "traced_requests") + value(node, "traced_replies");
      var answer = node.post("/api/script/run", SCRIPT.getBytes(UTF_8));
      assertEquals(200, answer.statusCode(), answer.body());
      var told = JSON.readTree(answer.body());
      assertTrue(told.path("complete").asBoolean());
      var would = new TreeMap<String, Long>();
      told.path("statistics")
          .properties()
          .forEach(one -> would.put(one.getKey(), one.getValue().asLong()));
      assertEquals(counted, would);
      assertTrue(traced > 0, "traced");
      long wouldTrace =
          told.path("traced").valueStream().mapToLong(one -> one.path("messages").asLong()).sum();
      // Which messages were stored together is known to some milliseconds; it decides on those that
      // were captured before the one that they follow from.
      assertTrue(
          Math.abs(traced - wouldTrace) <= 5, traced + ", but " + told.path("traced").toString());
      assertEquals(
          traced, value(node, "traced_requests") + value(node, "traced_replies"), "it traced");
    }
  }

  /// Our own sample, and the corpus where there is one.
  private static List<Path> captures() {
    var sample = Corpus.repository().resolve("ops/sample/calls.pcap");
    return Stream.concat(Stream.of(sample), Corpus.files("pcap").stream()).toList();
  }

  private static Map<String, Long> counted(TestNode node) throws Exception {
    var counted = new TreeMap<String, Long>();
    get(node, "\"method:\",\"reply:\"")
        .properties()
        .forEach(one -> counted.put(one.getKey(), one.getValue().asLong()));
    return counted;
  }

  private static long value(TestNode node, String name) throws Exception {
    return get(node, "\"tracer:\"").path("tracer:" + name).asLong();
  }

  private static JsonNode get(TestNode node, String names) throws Exception {
    return new Mi(node).answer("get_statistics", "{\"statistics\":[" + names + "]}").path("result");
  }
}
