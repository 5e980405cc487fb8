package io.sipscope.node.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.NodeApi;
import io.sipscope.testing.RequiresTool;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The control panel, the `curl` lines of the 2.x tutorials and opensipsctl against a node.
@RequiresTool(value = "mkfifo", debian = "coreutils")
@RequiresTool(value = "bash", debian = "bash")
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OlderClientsIT {
  @TempDir private static Path folder;
  private static ClientsNode node;
  private static ControlPanel panel;
  private static Opensipsctl ctl;

  @BeforeAll
  static void start() throws Exception {
    node = ClientsNode.start(folder);
    panel = new ControlPanel(node.httpPort());
    ctl = new Opensipsctl(node.fifo(), folder);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void thePanelShowsEveryStatisticAsANumberInItsGroup() throws Exception {
    var stats = panel.result("get_statistics", Map.of("statistics", List.of("all")));
    assertTrue(stats.size() > 50, stats::toString);
    for (var stat : stats.properties()) {
      assertTrue(stat.getKey().indexOf(':') > 0, stat::toString);
      assertTrue(stat.getValue().isIntegralNumber(), stat::toString);
    }
    var listed = panel.result("list_statistics", Map.of());
    assertEquals("non-incremental", listed.path("dialog:active_dialogs").asText());
    assertEquals("incremental", listed.path("dialog:processed_dialogs").asText());
  }

  @Test
  void thePanelReadsTheDashboardsStatisticsByBareName() throws Exception {
    for (var name :
        List.of(
            "dialog:active_dialogs",
            "dialog:early_dialogs",
            "dialog:processed_dialogs",
            "dialog:failed_dialogs",
            "usrloc:registered_users",
            "usrloc:location-users",
            "usrloc:location-contacts",
            "shmem:total_size",
            "shmem:real_used_size",
            "load:load",
            "core:timestamp")) {
      var bare = name.substring(name.indexOf(':') + 1);
      var stats = panel.result("get_statistics", Map.of("statistics", List.of(bare)));
      assertTrue(stats.path(name).isIntegralNumber(), () -> name + " in " + stats);
    }
  }

  @Test
  void thePanelSwitchesTracingOffAndOn() throws Exception {
    assertEquals("on", panel.result("trace", Map.of()).path("global").asText());
    assertEquals("OK", panel.result("trace", Map.of("mode", "off")).asText());
    assertEquals("off", panel.result("trace", Map.of()).path("global").asText());
    assertEquals("OK", panel.result("trace", Map.of("mode", "on")).asText());
    assertEquals("on", panel.result("trace", Map.of()).path("global").asText());
    var refused = panel.error("trace", Map.of("mode", "perhaps"));
    assertEquals(500, refused.path("code").asInt());
    assertEquals("Bad parameter value", refused.path("message").asText());
  }

  @Test
  void thePanelsFilterIsAnObject() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var uri = "hep:127.0.0.1:" + server.getLocalPort() + ";transport=tcp;version=3";
      var params = Map.of("id", "panel", "uri", uri, "filter", Map.of("caller", "alice"));
      assertEquals("OK", panel.result("trace_start", params).asText());
      var traces = panel.result("trace", Map.of("id", "panel"));
      assertEquals("alice", traces.at("/trace destinations/0/filters/0/caller").asText());
      assertEquals("OK", panel.result("trace_stop", Map.of("id", "panel")).asText());
    }
  }

  @Test
  void thePanelCountsAndPagesTheDialogs() throws Exception {
    for (int i = 0; i < 3; i++) {
      new ObservedCall("panel-" + i + "@example.com", "peter", "paula").answered(node.node());
    }
    NodeApi.eventually(
        () -> {
          var page = panel.result("dlg_list", Map.of("index", "0", "counter", "2"));
          assertEquals(3, page.path("count").asInt(), page::toString);
          assertEquals(2, page.path("Dialogs").size());
          var dialog = page.at("/Dialogs/0");
          assertEquals(4, dialog.path("state").asInt(), dialog::toString);
          assertEquals("sip:peter@example.com", dialog.path("from_uri").asText());
          assertTrue(dialog.path("CALLEES").isArray());
          return null;
        });
    assertTrue(panel.result("dlg_list_ctx", Map.of()).path("Dialogs").isArray());
  }

  @Test
  void thePanelReadsStatusAndReports() throws Exception {
    var groups = panel.result("sr_list_identifiers", Map.of());
    assertEquals("core", groups.get(0).path("Group").asText());
    NodeApi.eventually(
        () -> {
          var status = panel.result("sr_get_status", Map.of("group", "core", "identifier", "main"));
          assertTrue(status.path("Readiness").asBoolean(), status::toString);
          return status;
        });
    var reports = panel.result("sr_list_reports", Map.of("group", "core", "identifier", "main"));
    assertTrue(reports.get(0).path("Log").isTextual(), reports::toString);
  }

  private static String curl(String path) throws Exception {
    var url = "http://127.0.0.1:" + node.httpPort() + path;
    var process = new ProcessBuilder("curl", "-sS", "-m", "20", url).redirectErrorStream(true);
    var running = process.start();
    assertTrue(running.waitFor(25, TimeUnit.SECONDS));
    return new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  @RequiresTool(value = "curl", debian = "curl")
  void theTutorialsLinesAreAnsweredAsTheyAreInTheBook() throws Exception {
    var active = curl("/json/get_statistics?params=active_dialogs");
    assertTrue(active.matches("\\{\"dialog:active_dialogs\": \"\\d+\"}"), active);
    var groups = curl("/json/get_statistics?params=dialog:,tm:");
    assertTrue(groups.startsWith("{\"dialog:active_dialogs\": \""), groups);
    assertTrue(groups.contains("\", \"tm:received_replies\": \""), groups);
    var version = curl("/json/version");
    assertTrue(version.startsWith("{\"Server\": \"OpenSIPS ("), version);
    assertTrue(version.contains("\\/"), version);
    assertTrue(curl("/json/which").startsWith("{\"\": [{\"value\":\"get_statistics\"}, "));
    assertTrue(curl("/json/ps").startsWith("{\"Process\": [{\"attributes\":{\"ID\": \"0\", "));
    assertEquals("", curl("/json/reset_statistics?params=processed_dialogs"));
    assertEquals(
        "{\"error\": {\"code\": 404, \"message\": \"Statistics Not Found\"}}",
        curl("/json/get_statistics?params=nope"));
    assertEquals(
        "{\"error\": {\"code\": 500, \"message\": \"Command not found\"}}", curl("/json/nope"));
  }

  @Test
  @RequiresTool(value = "curl", debian = "curl")
  void theTutorialSwitchesOneTraceOff() throws Exception {
    assertEquals("", curl("/json/sip_trace?params=nobody,off"));
    assertTrue(curl("/json/sip_trace?params=nobody").contains("\"state\": \"off\""));
    assertEquals("", curl("/json/sip_trace?params=nobody,on"));
    assertTrue(
        curl("/json/sip_trace").startsWith("{\"global\": \"on\", \"nobody\": {\"attributes\":{"));
  }

  @Test
  void opensipsctlReadsTheTextOfTwo() throws Exception {
    var version = ctl.fifo("version");
    assertTrue(version.matches("200 OK\nServer:: OpenSIPS \\(.*\\)\n\n"), version);
    var stats = ctl.fifo("get_statistics", "active_dialogs", "shmem:");
    assertTrue(
        stats.matches("200 OK\ndialog:active_dialogs:: \\d+\nshmem:total_size:: \\d+\n(.+\n)+\n"),
        stats);
    assertEquals("404 Statistics Not Found\n\n", ctl.fifo("get_statistics", "nope"));
    assertEquals("500 command 'nope' not available\n", ctl.fifo("nope"));
    assertTrue(ctl.fifo("ps").startsWith("200 OK\nProcess::  ID=0 PID="));
    var which = ctl.fifo("which");
    assertTrue(which.contains("\nget_statistics\n"), which);
    assertTrue(which.contains("\nsip_trace\n"), which);
  }

  @Test
  void opensipsctlSwitchesOneTraceOff() throws Exception {
    assertEquals("200 OK\n\n", ctl.fifo("sip_trace", "nobody", "off"));
    assertTrue(ctl.fifo("sip_trace", "nobody").contains(" state=off\n"));
    assertEquals("200 OK\n\n", ctl.fifo("sip_trace", "nobody", "on"));
    assertTrue(ctl.fifo("sip_trace").startsWith("200 OK\nglobal:: on\nnobody::  type=HEP uri="));
  }

  @Test
  void oneReplyFifoServesACycleOfTheMonitor() throws Exception {
    var cycle = ctl.monitor();
    assertEquals(4, cycle.lines().filter("200 OK"::equals).count(), cycle);
    assertTrue(cycle.contains("\nUp time:: "), cycle);
    assertTrue(cycle.contains("\ntm:UAS_transactions:: "), cycle);
    assertTrue(cycle.contains("\nusrloc:registered_users:: "), cycle);
  }

  @Test
  void bothErasShareOneFifo() throws Exception {
    var three = node.byFifo().execute("version").path("Server").asText();
    assertEquals("200 OK\nServer:: " + three + "\n\n", ctl.fifo("version"));
    assertFalse(node.byFifo().execute("uptime").isEmpty());
  }
}
