package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.sipscope.node.ingest.Messages;
import io.sipscope.node.ingest.Pcaps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Statistics of one and of two nodes, as a client sees them.
class StatisticsIT {
  private static final String MEMORY = "sipscope.store = memory\n";

  @Test
  void everyStatisticIsDescribed() throws Exception {
    try (var node = TestNode.start(MEMORY)) {
      node.importCapture(capture("one", 3));
      for (var statistic : node.json("/api/statistics").path("statistics")) {
        assertFalse(statistic.path("meaning").asText().isEmpty(), statistic::toString);
        assertFalse(statistic.path("unit").asText().isEmpty(), statistic::toString);
      }
    }
  }

  @Test
  void twoNodesCountTogetherAndOneThatLeavesDoesNotTakeItsCountsAlong() throws Exception {
    try (var one = TestNode.start(MEMORY)) {
      var joins = MEMORY + "sipscope.cluster.seed-nodes = \"" + one.node().clusterAddress() + "\"";
      try (var other = TestNode.start(joins)) {
        one.importCapture(capture("one", 3));
        other.importCapture(capture("other", 4));
        both(one, other, 7);
        assertEquals(3, received(one, "&node=" + one.node().clusterAddress()));
        assertEquals(4, received(one, "&node=pekko://sipscope@" + other.node().clusterAddress()));
        assertEquals(404, one.get("/api/statistics?node=127.0.0.1:1").statusCode());

        reset(other);
        assertEquals(0, received(one, ""));
        assertEquals(0, received(other, ""));
        other.importCapture(capture("after", 5));
        assertEquals(5, received(other, ""));
        both(one, other, 5);
        one.importCapture(capture("after-that", 2));
        both(one, other, 7);
      }
      NodeApi.eventually(
          () -> {
            assertEquals(1, one.json("/api/cluster").path("members").size());
            return null;
          });
      assertEquals(7, received(one, ""));
      reset(one);
      assertEquals(0, received(one, ""));
    }
  }

  private static void both(TestNode one, TestNode other, long received) {
    NodeApi.eventually(
        () -> {
          assertEquals(received, received(one, ""));
          assertEquals(received, received(other, ""));
          return null;
        });
  }

  @Test
  void whatIsRecordedIsThereAfterARestart(@TempDir Path folder) throws Exception {
    var settings =
        "sipscope.statistics.record { interval = 1s, names = [\"ingest:received\"] }\n"
            + "sipscope.store = h2\nsipscope.data-dir = \""
            + folder
            + "\"";
    try (var node = TestNode.start(settings)) {
      node.importCapture(capture("one", 3));
      NodeApi.eventually(
          () -> {
            assertEquals(3, lastPoint(node));
            return null;
          });
    }
    try (var node = TestNode.start(settings)) {
      var points =
          node.json("/api/statistics/history?step=1s&names=received").at("/series/0/points");
      assertTrue(
          IntStream.range(0, points.size()).anyMatch(i -> points.get(i).path("value").asInt() == 3),
          points::toString);
    }
  }

  private static int lastPoint(TestNode node) throws Exception {
    var points = node.json("/api/statistics/history?step=1s").at("/series/0/points");
    return points.path(points.size() - 1).path("value").asInt(-1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sipscope.statistics.variables       | ["a/b"]
          sipscope.statistics.groups          | "a,,b"
          sipscope.statistics.series          | ["x: window=0"]
          sipscope.statistics.record.names    | ["a:b:c"]
          sipscope.statistics.record.interval | 1ms
          sipscope.statistics.record.keep     | 1s
          """)
  void whatMakesNoSenseStopsTheStart(String key, String value) {
    var refused =
        assertThrows(
            CannotStart.class,
            () -> Node.start(ConfigFactory.parseString(MEMORY + key + " = " + value)).close());
    assertTrue(refused.getMessage().contains(key), refused::getMessage);
  }

  private static long received(NodeApi api, String query) throws Exception {
    return api.json("/api/statistics?names=ingest:received" + query)
        .path("values")
        .path("ingest:received")
        .asLong(-1);
  }

  private static void reset(NodeApi api) throws Exception {
    var ask =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"reset_statistics\","
            + "\"params\":{\"statistics\":[\"received\"]}}";
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"result\":\"OK\",\"id\":1}",
        api.post("/mi", ask.getBytes(StandardCharsets.UTF_8)).body());
  }

  private static byte[] capture(String name, int messages) {
    return Pcaps.of(
        IntStream.range(0, messages)
            .mapToObj(i -> Messages.options(name + "-" + i, i))
            .toArray(String[]::new));
  }
}
