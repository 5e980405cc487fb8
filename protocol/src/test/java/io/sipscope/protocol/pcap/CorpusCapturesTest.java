package io.sipscope.protocol.pcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.protocol.Bytes;
import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The captures of the corpus against what tshark counts in them.
final class CorpusCapturesTest {
  @Test
  void robustCapturesHaveThePacketsThatTsharkCounts() throws IOException {
    var expected = packetsBySha256();
    var differences = new ArrayList<String>();
    for (var file : captures("robust")) {
      var bytes = Files.readAllBytes(file);
      var truth = expected.get(Bytes.of(bytes).sha256Hex());
      var read = Recording.of(bytes);
      if (truth != null && truth != read.frames().size()) {
        differences.add(
            file.getFileName() + ": " + read.frames().size() + " (" + truth + ") " + read.faults());
      }
      if (!read.faults().isEmpty()) differences.add(file.getFileName() + " " + read.faults());
    }
    assertEquals(List.of(), differences);
  }

  @Test
  void everyOtherCaptureIsReadToItsEnd() throws IOException {
    for (var file : captures("pcap")) {
      var read = Recording.of(Files.readAllBytes(file));
      assertEquals(List.of(), read.faults(), file.toString());
      assertTrue(!read.frames().isEmpty(), file.toString());
    }
  }

  private static List<Path> captures(String folder) {
    return Corpus.files(folder).stream()
        .filter(file -> !file.toString().endsWith(".json"))
        .toList();
  }

  private static Map<String, Integer> packetsBySha256() throws IOException {
    var packets = new HashMap<String, Integer>();
    for (var file : Corpus.files("robust")) {
      if (file.endsWith("robust.oracle.json")) {
        for (JsonNode capture : new ObjectMapper().readTree(file.toFile())) {
          packets.put(capture.get("sha256").asText(), capture.get("packets").asInt());
        }
      }
    }
    return packets;
  }
}
