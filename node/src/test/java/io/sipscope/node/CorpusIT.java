package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.testing.Corpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real captures, uploaded to a node and read back through the API, against what tshark found in
/// them: for each Call-ID, every message that was neither malformed nor cut short, by the digest
/// of its bytes.
class CorpusIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ORACLE = ".oracle.json";

  private static final char NOT_UTF_8 = '\ufffd';

  @Test
  void everyMessageTheOracleKnowsIsFoundToTheByte(@TempDir Path folder) throws Exception {
    var missing = new TreeMap<String, String>();
    for (var oracle : Corpus.files("pcap")) {
      var name = oracle.getFileName().toString();
      if (name.endsWith(ORACLE)) {
        var capture = oracle.resolveSibling(name.substring(0, name.length() - ORACLE.length()));
        // A node a file: captures may share Call-IDs.
        try (var node =
            TestNode.start(
                "sipscope.store = memory, sipscope.data-dir = \""
                    + folder
                    + "\", sipscope.ingest.burst-window = 5ms")) {
          var report = node.importCapture(Files.readAllBytes(capture));
          var lost = lost(node, JSON.readTree(oracle.toFile()));
          if (!lost.isEmpty()) {
            missing.put(capture.getFileName().toString(), lost + " of " + report);
          }
        }
      }
    }
    assertEquals(Map.of(), missing);
  }

  /// Messages by Call-ID that the oracle has and the node has not.
  private static Map<String, Integer> lost(TestNode node, JsonNode oracle) throws Exception {
    var lost = new TreeMap<String, Integer>();
    for (var call : oracle.path("calls")) {
      var callId = call.path("call_id").asText();
      var wanted = new HashMap<String, Integer>();
      for (var message : call.path("messages")) {
        if (message.has("sha256")
            && !message.path("malformed").asBoolean()
            && !message.path("truncated").asBoolean()) {
          wanted.merge(message.path("sha256").asText(), 1, Integer::sum);
        }
      }
      if (!callId.isEmpty() && !wanted.isEmpty()) {
        for (var message : messages(node, callId)) {
          wanted.computeIfPresent(
              message.path("sha256").asText(), (_, count) -> count == 1 ? null : count - 1);
        }
        int count = wanted.values().stream().mapToInt(Integer::intValue).sum();
        if (count > 0) {
          lost.put(callId, count);
        }
      }
    }
    return lost;
  }

  /// The oracle cannot write a Call-ID that is no UTF-8: its messages are looked for among all.
  private static Iterable<JsonNode> messages(TestNode node, String callId) throws Exception {
    return callId.indexOf(NOT_UTF_8) >= 0
        ? node.json("/api/messages?limit=1000").path("messages")
        : node.messages(callId);
  }
}
