package io.sipscope.node.mi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.node.TestNode;
import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sends a node what a real OpenSIPS was sent, and compares the [Shape] of the answers.
class GoldenIT {

  @ParameterizedTest
  @ValueSource(strings = {"mi-2.4", "mi-3.4", "mi-4.1"})
  void aNodeAnswersAsOpensipsDid(String version, @TempDir Path folder) throws Exception {
    var requests =
        Corpus.files("opensips/" + version).stream()
            .filter(file -> file.toString().endsWith(".req"))
            .toList();
    var settings = MiClient.settings(folder) + GoldenDifferences.SETTINGS.get(version);
    try (var node = TestNode.start(settings)) {
      for (var started : GoldenDifferences.STARTED) {
        node.post("/mi", traceStart(started));
      }
      compare(new MiClient(node, folder), requests);
    }
  }

  private static byte[] traceStart(String params) {
    var request =
        "{\"jsonrpc\":\"2.0\",\"method\":\"trace_start\",\"id\":1,\"params\":" + params + "}";
    return request.getBytes(StandardCharsets.UTF_8);
  }

  private static void compare(MiClient client, List<Path> requests) throws Exception {
    var alike = new TreeSet<String>();
    var unexplained = new TreeMap<String, String>();
    for (var request : requests) {
      var name = name(request);
      var golden = Files.readString(Path.of(request.toString().replace(".req", ".res")));
      var answer = answer(client, request);
      var kind = request.getFileName().toString();
      if (shape(kind, golden).equals(shape(kind, answer))) {
        alike.add(name);
      } else if (!GoldenDifferences.isExplained(name)) {
        unexplained.put(name, "\nOPENSIPS " + golden + "\nSIPSCOPE " + answer);
      }
    }
    assertEquals(Map.of(), unexplained);
    alike.removeIf(name -> !GoldenDifferences.mustDiffer(name));
    assertEquals(Set.of(), alike, "no longer differ");
  }

  private static String name(Path request) {
    var file = request.getFileName().toString();
    return request.getParent().getFileName() + "/" + file.substring(0, file.length() - 4);
  }

  private static String answer(MiClient client, Path request)
      throws IOException, InterruptedException {
    var file = request.getFileName().toString();
    var bytes = Files.readAllBytes(request);
    if (file.startsWith("http-")) {
      return client.http(bytes);
    }
    return file.startsWith("dgram-")
        ? client.datagram(bytes)
        : client.fifo(new String(bytes, StandardCharsets.UTF_8).replaceAll("gold_\\w+", "REPLY"));
  }

  private static String shape(String file, String answer) {
    if (file.startsWith("http-")) {
      return Shape.ofHttp(answer.replace("<<timed out>>", ""));
    }
    var said = answer.equals("<<timed out>>") ? "" : answer;
    return said.startsWith("{") ? Shape.ofBody(said) : textShape(said);
  }

  /// Lines of 2.x: what stands before `::` or a blank, and where the lines end.
  private static String textShape(String text) {
    return text.replaceAll("(?m):: .*$", ":: V");
  }
}
