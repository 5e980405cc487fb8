package io.sipscope.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/// Reads JMH's JSON and says how many times faster our parser was than the others in that run.
public final class Ratios {
  private Ratios() {}

  public static void main(String[] arguments) throws IOException {
    Map<SipReader, Double> perSecond = new EnumMap<>(SipReader.class);
    for (var result : new ObjectMapper().readTree(Path.of(arguments[0]).toFile())) {
      var parser = result.path("params").path("parser");
      double score = score(result);
      var name = result.path("benchmark").asText().replace("io.sipscope.bench.", "");
      System.out.printf("%-28s %-9s %,12.0f/s%n", name, parser.asText(""), score);
      if (parser.isTextual()) {
        perSecond.put(SipReader.valueOf(parser.asText()), score);
      }
    }
    var ours = perSecond.remove(SipReader.SIPSCOPE);
    if (ours != null) {
      perSecond.forEach(
          (other, score) -> System.out.printf("ours / %s = %.1f%n", other, ours / score));
    }
  }

  private static double score(JsonNode result) {
    return result.path("primaryMetric").path("score").asDouble();
  }
}
