package io.sipscope.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.sipscope.node.ingest.Messages;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node with a policy script: what it counts, what fails in it, and how another takes its place.
class ScriptIT {
  private static final ObjectMapper JSON = new ObjectMapper();
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
      Files.writeString(file, COUNTING + "route[x] { nothing_like_it();\n nor_like_it(); }");
      var refused = mi.answer("reload_routes", "{}").path("error");
      assertEquals(500, refused.path("code").asInt(), refused::toString);
      assertEquals("reload failed", refused.path("message").asText());
      assertTrue(refused.path("data").asText().contains("nothing_like_it"), refused::toString);
      assertTrue(refused.path("data").asText().contains("nor_like_it"), refused::toString);
      Files.writeString(file, COUNTING + "\nexec_msg_threshold = soon\n");
      refused = mi.answer("reload_routes", "{}").path("error");
      assertTrue(refused.path("data").asText().contains("\"soonus\""), refused::toString);
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

  @Test
  void aStatisticOfAScriptIsAskedForByItsBareNameAsOpenSipsHasIt(@TempDir Path folder)
      throws Exception {
    try (var node = start(folder.resolve("policy.cfg"), COUNTING)) {
      send(node, "four");
      var mi = new Mi(node);
      NodeApi.eventually(
          () -> {
            assertEquals(
                "{\"method:OPTIONS\":1}",
                mi.result("get_statistics", "{\"statistics\":[\"OPTIONS\"]}"));
            return null;
          });
      assertEquals(
          404,
          mi.answer("get_statistics", "{\"statistics\":[\"method:OPTIONS\"]}")
              .path("error")
              .path("code")
              .asInt());
    }
  }

  @Test
  void profilingCountsTheLinesThatRun(@TempDir Path folder) throws Exception {
    try (var node = start(folder.resolve("policy.cfg"), COUNTING)) {
      assertEquals(204, node.post("/api/script/profiling", on(true)).statusCode());
      send(node, "five");
      send(node, "six");
      var state = node.json("/api/script");
      assertTrue(state.path("profiling").asBoolean(), state::toString);
      assertEquals(2, state.path("hits").path("4").asInt(), state::toString);
      assertEquals(204, node.post("/api/script/profiling", on(false)).statusCode());
      send(node, "seven");
      assertEquals(2, node.json("/api/script").path("hits").path("4").asInt());
      assertEquals(400, node.post("/api/script/profiling", new byte[] {'{'}).statusCode());
    }
  }

  private static byte[] on(boolean on) {
    return ("{\"on\":" + on + "}").getBytes(UTF_8);
  }

  @Test
  void aTextIsCheckedAsIfANodeStartedWithIt(@TempDir Path folder) throws Exception {
    try (var node = start(folder.resolve("policy.cfg"), COUNTING)) {
      assertEquals("[]", complaints(node, EVERYTHING.replace("loadmodule \"proto_hep.so\"\n", "")));
      var unknown = complaints(node, "route { trace(\"nobody\"); }");
      assertTrue(unknown.contains("\"line\":1,\"column\":9,"), unknown);
      assertTrue(unknown.contains("\"severity\":\"error\""), unknown);
      var hidden = complaints(node, "include_file \"" + folder.resolve("policy.cfg") + "\"\n");
      assertTrue(hidden.contains("error"), hidden);
      assertFalse(hidden.contains("OPTIONS"), hidden);
      var tooLong = new byte[1_048_577];
      assertEquals(413, node.post("/api/script/check", tooLong).statusCode());
    }
  }

  private static String complaints(TestNode node, String text) throws Exception {
    var answer = node.post("/api/script/check", text.getBytes(UTF_8));
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body()).path("complaints").toString();
  }

  private static final String EVERYTHING =
      """
      loadmodule "proto_hep.so"
      loadmodule "tracer.so"
      loadmodule "statistics.so"
      modparam("tracer", "trace_id", "[mine]uri=hep:192.0.2.1:9060")
      modparam("statistics", "stat_groups", "method")
      startup_route {
        $shv(step) = 1;
      }
      route {
        update_stat("method:$rm", "+1");
        $var(calls) = $shv(step);
        xlog("L_INFO", "$rm $ci\n");
        trace("mine", "m");
        raise_event("E_MINE");
        if ($ci == "nine") {
          drop;
        }
        $var(wrong) = 1 / 0;
      }
      """;

  @Test
  void aBackTestSaysWhatAScriptWouldDoAndDoesNothing(@TempDir Path folder) throws Exception {
    try (var node = start(folder.resolve("policy.cfg"), COUNTING)) {
      send(node, "eight");
      send(node, "nine");
      send(node, "ten");
      var before = node.get("/metrics").body();
      var answer = node.post("/api/script/run?method=OPTIONS", EVERYTHING.getBytes(UTF_8));
      assertEquals(200, answer.statusCode(), answer.body());
      var told = JSON.readTree(answer.body());
      assertEquals(3, told.path("dialogs").asInt(), told::toString);
      assertEquals(3, told.path("messages").asInt(), told::toString);
      assertEquals("{\"method:OPTIONS\":3}", told.path("statistics").toString(), told::toString);
      assertEquals(
          "[{\"traceId\":\"mine\",\"scope\":\"message\",\"dialogs\":2,\"messages\":2}]",
          told.path("traced").toString());
      assertEquals("{\"E_MINE\":3}", told.path("events").toString());
      assertEquals(1, told.path("dropped").asInt());
      assertEquals(3, told.path("log").size(), told::toString);
      assertEquals("INFO", told.path("log").get(0).path("level").asText());
      assertEquals(2, told.path("failures").get(0).path("count").asInt(), told::toString);
      assertEquals(3, told.path("hits").path("10").asInt(), told::toString);
      assertTrue(told.path("complete").asBoolean());
      assertFalse(node.get("/metrics").body().contains("mine"), before);
      assertEquals(COUNTING, node.json("/api/script").path("text").asText());
      var one = node.post("/api/script/run?call-id=ten", EVERYTHING.getBytes(UTF_8));
      assertEquals(1, JSON.readTree(one.body()).path("dialogs").asInt(), one::body);
      var wrong = node.post("/api/script/run", "route { nothing_like_it(); }".getBytes(UTF_8));
      assertEquals(422, wrong.statusCode(), wrong.body());
      assertEquals(1, JSON.readTree(wrong.body()).path("complaints").size(), wrong.body());
      assertEquals(400, node.post("/api/script/run?nothing=1", new byte[0]).statusCode());
    }
  }
}
