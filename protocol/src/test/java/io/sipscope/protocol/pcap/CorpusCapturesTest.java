package io.sipscope.protocol.pcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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

/// The captures of the corpus against what tshark 4.0 counts in them.
final class CorpusCapturesTest {

  /// What we count where tshark counts something else, and why we stay with it.
  private static final Map<String, Integer> NAMED_DIFFERENCES =
      Map.of(
          // tshark lists custom blocks as packets without a protocol
          "hadrielk__basic_test017.pcapng", 0,
          "hadrielk__difficult_test202.pcapng", 8,
          // tshark 4.0 refuses these link types; the frames are well-formed
          "the-tcpdump-group__filter_brcm-tag.pcap", 15,
          "the-tcpdump-group__filter_dsa.pcap", 8,
          "the-tcpdump-group__tests_frf16_magic_ie-oobr.pcap", 1);

  @Test
  void robustCapturesHaveThePacketsThatTsharkCounts() throws IOException {
    var expected = packetsBySha256();
    var differences = new ArrayList<String>();
    for (var file : captures("robust")) {
      var bytes = Files.readAllBytes(file);
      var name = file.getFileName().toString();
      int tshark = expected.get(Bytes.of(bytes).sha256Hex());
      int wanted = NAMED_DIFFERENCES.getOrDefault(name, tshark);
      int read = Recording.of(bytes).frames().size();
      if (read != wanted) {
        differences.add(name + ": " + read + " packets (" + wanted + ")");
      }
    }
    assertEquals(List.of(), differences);
  }

  @Test
  void onlyTwoRobustCapturesAreMalformed() throws IOException {
    var faults = new HashMap<String, List<String>>();
    for (var file : captures("robust")) {
      var reasons = Recording.of(Files.readAllBytes(file)).reasons();
      if (!reasons.isEmpty()) {
        faults.put(file.getFileName().toString(), reasons);
      }
    }
    var wanted =
        Map.of(
            "the-tcpdump-group__tests_linktype-reserved-field-not-zero.pcap",
            List.of(Reason.LINK_TYPE),
            "the-tcpdump-group__tests_pcapng-invalid-vers-2.pcapng",
            List.of(Reason.VERSION));
    assertEquals(captures("robust").isEmpty() ? Map.of() : wanted, faults);
  }

  @Test
  void capturesWithSipAreReadToTheirEnd() throws IOException {
    for (var file : captures("pcap")) {
      var read = Recording.of(Files.readAllBytes(file));
      assertEquals(List.of(), read.faults(), file.toString());
      assertFalse(read.frames().isEmpty(), file.toString());
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
