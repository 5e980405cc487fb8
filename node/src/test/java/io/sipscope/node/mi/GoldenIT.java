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
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sends a node what a real OpenSIPS was sent, and compares the [Shape] of the answers.
class GoldenIT {

  @Test
  void aNodeAnswersAsOpensipsDid(@TempDir Path folder) throws Exception {
    var differing = new TreeMap<String, String>();
    var seen = new TreeSet<String>();
    var requests =
        Corpus.files("opensips").stream().filter(file -> file.toString().endsWith(".req")).toList();
    try (var node = TestNode.start(MiClient.settings(folder) + GoldenDifferences.SETTINGS)) {
      var client = new MiClient(node, folder);
      for (var request : requests) {
        var name = name(request);
        seen.add(name);
        var golden = Files.readString(Path.of(request.toString().replace(".req", ".res")));
        var answer = answer(client, request);
        var kind = request.getFileName().toString();
        if (!shape(kind, golden).equals(shape(kind, answer))) {
          differing.put(name, "\nOPENSIPS " + golden + "\nSIPSCOPE " + answer);
        }
      }
    }
    var unexplained = new TreeMap<>(differing);
    unexplained.keySet().removeIf(GoldenDifferences::isExplained);
    assertEquals(Map.of(), unexplained);
    assertEquals(
        List.of(),
        GoldenDifferences.names()
            .filter(name -> seen.contains(name) && !differing.containsKey(name))
            .toList(),
        "no longer differ");
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
