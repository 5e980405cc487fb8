package io.sipscope.protocol.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.protocol.pcap.CaptureFile;
import io.sipscope.protocol.pcap.Pcap;
import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Real captures give every message that tshark finds, byte for byte, with its endpoints and time.
/// Messages that tshark calls malformed or truncated are not compared: it often shows less of them.
class CorpusOracleTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ORACLE = ".oracle.json";

  @TestFactory
  List<DynamicTest> everyMessageOfTheOracleIsFound() {
    return Corpus.files("pcap").stream()
        .filter(file -> file.toString().endsWith(ORACLE))
        .map(file -> DynamicTest.dynamicTest(name(file), () -> compare(file)))
        .toList();
  }

  @TestFactory
  List<DynamicTest> capturesMadeToBreakParsersAreWalkedToTheirEnd() {
    return Corpus.files("robust").stream()
        .filter(file -> !file.toString().endsWith(".json"))
        .map(file -> DynamicTest.dynamicTest(name(file), () -> walk(file, _ -> {})))
        .toList();
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(ORACLE, "");
  }

  private static void compare(Path oracle) throws IOException {
    var expected = expected(JSON.readTree(oracle.toFile()));
    var capture = oracle.resolveSibling(name(oracle));
    walk(
        capture,
        found -> {
          if (found instanceof Found.Message message) {
            expected.remove(told(message));
          }
        });
    assertEquals(List.of(), expected);
  }

  private static List<String> expected(JsonNode oracle) {
    var expected = new ArrayList<String>();
    for (var call : oracle.get("calls")) {
      for (var message : call.get("messages")) {
        // Without a sha256 tshark showed no text to compare.
        if (!message.has("malformed") && !message.has("truncated") && message.has("sha256")) {
          expected.add(told(message));
        }
      }
    }
    return expected;
  }

  private static String told(JsonNode message) {
    return String.join(
        " ",
        message.get("time").asText(),
        endpoint(message.get("src").asText(), message.get("sport").asInt()),
        endpoint(message.get("dst").asText(), message.get("dport").asInt()),
        message.get("transport").asText(),
        message.get("size").asText(),
        message.get("sha256").asText());
  }

  private static String endpoint(String address, int port) {
    return new Endpoint(IpAddress.parse(address).orElseThrow(), port).toString();
  }

  private static String told(Found.Message message) {
    return String.join(
        " ",
        String.format("%d.%09d", message.time() / 1_000_000_000, message.time() % 1_000_000_000),
        message.source().toString(),
        message.destination().toString(),
        message.transport() == Transport.UDP ? "udp" : "tcp",
        Integer.toString(message.sip().length()),
        message.sip().sha256Hex());
  }

  private static void walk(Path file, Consumer<Found> found) throws IOException {
    var walk = new Walk();
    try (var capture = CaptureFile.open(Files.newInputStream(file))) {
      for (var next = frame(capture); next.isPresent(); next = frame(capture)) {
        walk.accept(next.get(), found);
      }
    }
    walk.finish(found);
  }

  /// The next frame; what cannot be read between frames is passed over.
  private static Optional<Pcap.Frame> frame(CaptureFile capture) throws IOException {
    while (true) {
      switch (capture.next()) {
        case Pcap.Frame frame -> {
          return Optional.of(frame);
        }
        case Pcap.End _ -> {
          return Optional.empty();
        }
        case Pcap.Malformed _ -> {}
      }
    }
  }
}
