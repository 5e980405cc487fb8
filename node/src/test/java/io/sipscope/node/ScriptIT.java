package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.sipscope.node.ingest.Messages;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node with a policy script: what it counts, what fails in it, and how another takes its place.
class ScriptIT {
  private static final String COUNTING =
      """
      loadmodule "statistics.so"
      modparam("statistics", "stat_groups", "method")
      route {
        update_stat("method:$rm", "+1");
      }
      timer_route[tick, 1] {
        update_stat("method:ticks", "+1");
      }
      startup_route {
        update_stat("method:starts", "+1");
      }
      """;

  private static TestNode start(Path file, String script) throws Exception {
    Files.writeString(file, script);
    return TestNode.start(settings(file));
  }

  private static String settings(Path file) {
    return "sipscope.store = memory\nsipscope.script.file = \"" + file + "\"";
  }

  private static long statistic(TestNode node, String name) throws Exception {
    return new Mi(node)
        .answer("get_statistics", "{\"statistics\":[\"method:\"]}")
        .path("result")
        .path(name)
        .asLong();
  }

  private static void send(TestNode node, String call) throws Exception {
    node.sendUdp(Messages.hep3(Messages.options(call, 1), 1_000_000L));
    NodeApi.eventually(
        () -> {
          assertEquals(1, node.messages(call).size());
          return null;
        });
  }

  @Test
  void messagesAreCountedTimersTickAndItBegins(@TempDir Path folder) throws Exception {
    try (var node = start(folder.resolve("policy.cfg"), COUNTING)) {
      send(node, "one");
      NodeApi.eventually(
          () -> {
            assertEquals(1, statistic(node, "method:OPTIONS"));
            assertEquals(1, statistic(node, "method:starts"));
            assertTrue(statistic(node, "method:ticks") >= 2);
            return null;
          });
      assertEquals(COUNTING, node.json("/api/script").path("text").asText());
    }
  }

  @Test
  void aReloadIsTakenWhenItIsGoodAndRefusedWhenNot(@TempDir Path folder) throws Exception {
    var file = folder.resolve("policy.cfg");
    try (var node = start(file, COUNTING)) {
      var mi = new Mi(node);
      Files.writeString(file, COUNTING + "route[x] { nothing_like_it(); }");
      var refused = mi.answer("reload_routes", "{}").path("error");
      assertEquals(500, refused.path("code").asInt(), refused::toString);
      assertEquals("reload failed", refused.path("message").asText());
      assertTrue(refused.path("data").asText().contains("nothing_like_it"), refused::toString);
      assertEquals(COUNTING, node.json("/api/script").path("text").asText());
      Files.writeString(file, COUNTING.replace("$rm", "all"));
      assertEquals("\"OK\"", mi.result("reload_routes", "{}"));
      send(node, "two");
      NodeApi.eventually(
          () -> {
            assertEquals(1, statistic(node, "method:all"));
            return null;
          });
    }
  }

  @Test
  void whatFailsIsCountedAtItsPlaceAndNoMessageIsLost(@TempDir Path folder) throws Exception {
    var failing = "route {\n  while (1 == 1) { $var(x) = 1; }\n}\n";
    try (var node = start(folder.resolve("policy.cfg"), failing)) {
      send(node, "three");
      var failures = node.json("/api/script").path("failures");
      assertEquals(1, failures.size(), failures::toString);
      assertEquals(2, failures.get(0).path("line").asInt());
      assertEquals(1, failures.get(0).path("count").asLong());
    }
  }

  @Test
  void aScriptWithErrorsStopsTheStartAndShowsEach(@TempDir Path folder) throws Exception {
    var file = folder.resolve("policy.cfg");
    Files.writeString(file, "route {\n  nothing_like_it();\n  xlog(\"a\", \"b\", \"c\");\n}\n");
    var refused =
        assertThrows(
            CannotStart.class, () -> Node.start(ConfigFactory.parseString(settings(file))));
    var told = refused.getMessage();
    assertTrue(told.contains(file + ":2:3: error:"), told);
    assertTrue(told.contains(file + ":3:3: error:"), told);
    assertTrue(told.contains("\n  ^"), told);
  }
}
