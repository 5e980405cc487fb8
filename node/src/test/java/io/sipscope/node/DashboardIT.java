package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.testing.RequiresTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Grafana dashboard against the metrics of a node that has seen some traffic.
class DashboardIT {
  private static final Path DASHBOARD = Path.of("../ops/dashboards/sipscope.json");
  private static final Pattern METRIC = Pattern.compile("\\b(?:sipscope|jvm|process)_[a-z0-9_]+");

  @TempDir static Path folder;

  private static TestNode node;

  @BeforeAll
  static void start() throws Exception {
    node =
        TestNode.start(
            """
            sipscope.data-dir = "%1$s"
            sipscope.ingest.spool.bytes = 1 MiB
            sipscope.trunks.carrier = ["10.0.0.1"]
            sipscope.trace.ids = ["[tid]uri=file:%1$s/traced.txt"]
            """
                .formatted(folder));
    var call = new Sip("dashboard", System.currentTimeMillis() * 1_000_000L - 3_000_000_000L);
    try (var socket = node.hepTcp()) {
      var out = socket.getOutputStream();
      out.write(call.request(0, "INVITE", 1, ""));
      out.write(call.reply(100, 200, "INVITE", 1));
      out.write(call.request(900, "BYE", 2, "b"));
      out.write(call.reply(920, 200, "BYE", 2));
    }
    node.sendUdp("no HEP at all".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    node.assertConserved(5);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Set<String> shown() throws Exception {
    return node.get("/metrics")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<JsonNode> panels() throws Exception {
    var panels = new ArrayList<JsonNode>();
    new ObjectMapper()
        .readTree(Files.readString(DASHBOARD))
        .path("panels")
        .forEach(
            panel -> {
              if (!panel.path("type").asText().equals("row")) {
                panels.add(panel);
              }
            });
    return panels;
  }

  @Test
  void everyMetricItNamesIsThere() throws Exception {
    var named = new TreeSet<String>();
    for (var panel : panels()) {
      for (var target : panel.path("targets")) {
        var found = METRIC.matcher(target.path("expr").asText());
        while (found.find()) {
          named.add(found.group());
        }
      }
    }
    assertTrue(named.size() > 50, named::toString);
    NodeApi.eventually(
        () -> {
          var missing = new TreeSet<>(named);
          missing.removeAll(shown());
          assertEquals(Set.of(), missing);
          return missing;
        });
  }

  @Test
  void everyPanelHasAPlaceAQueryAndTheChosenSource() throws Exception {
    var ids = new HashSet<Integer>();
    for (var panel : panels()) {
      var title = panel.path("title").asText();
      assertFalse(title.isBlank());
      assertTrue(ids.add(panel.path("id").asInt()), title);
      assertTrue(panel.path("gridPos").path("w").asInt() > 0, title);
      assertFalse(panel.path("targets").isEmpty(), title);
      for (var target : panel.path("targets")) {
        assertEquals("${datasource}", target.path("datasource").path("uid").asText(), title);
      }
    }
  }

  @Test
  void everyStatisticIsDescribed() throws Exception {
    var undescribed =
        node.get("/metrics")
            .body()
            .lines()
            .filter(line -> line.startsWith("sipscope_statistic_"))
            .toList();
    assertEquals(List.of(), undescribed);
  }

  @RequiresTool(value = "promtool", debian = "prometheus")
  @Test
  void prometheusFindsNothingWrong() throws Exception {
    var metrics = Files.writeString(folder.resolve("metrics.txt"), node.get("/metrics").body());
    var promtool =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(metrics.toFile())
            .redirectErrorStream(true)
            .start();
    var said =
        new String(
            promtool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertEquals(List.of(), said.lines().filter(line -> line.contains("sipscope_")).toList(), said);
  }
}
