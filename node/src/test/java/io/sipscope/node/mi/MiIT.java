package io.sipscope.node.mi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.node.TestNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/// The management interface of a whole node, by all its ways.
class MiIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  private static TestNode node;
  private static MiClient client;

  @BeforeAll
  static void aNodeWithEveryDoorOpen() {
    node = TestNode.start(MiClient.settings(folder));
    client = new MiClient(node, folder);
  }

  @AfterAll
  static void close() {
    node.close();
  }

  private static JsonNode mi(String method, String params) throws Exception {
    var request =
        "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + ",\"id\":1}";
    return JSON.readTree(node.post("/mi", request.getBytes(StandardCharsets.UTF_8)).body());
  }

  /// A request line and what its answer begins with, and ends with.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HEAD /mi           | HTTP/1.1 406 | Content-Length: 51~~
          HEAD /json/which   | HTTP/1.1 406 | Content-Length: 51~~
          GET /mi            | HTTP/1.1 405 | Content-Length: 0~~
          PUT /mi            | HTTP/1.1 406 | <html><body>Unsupported HTTP request!</body></html>
          POST /mi           | HTTP/1.1 400 | Content-Length: 0~~
          POST /json/which   | HTTP/1.1 200 | {"error": {"code": 406, "message": "Unexpected method"}}
          GET /json          | HTTP/1.1 200 | {"error": {"code": 500, "message": "Internal server error"}}
          GET /json/         | HTTP/1.1 200 | {"error": {"code": 500, "message": "Internal server error"}}
          GET /json/nope     | HTTP/1.1 200 | {"error": {"code": 500, "message": "Command not found"}}
          GET /json/log_level?params=3 | HTTP/1.1 200 | {"New global log level": "3"}
          GET /json/log_level?params=x | HTTP/1.1 200 | {"error": {"code": 400, "message": "Bad parameter"}}
          GET /json/get_statistics     | HTTP/1.1 200 | {"error": {"code": 400, "message": "Too few or too many arguments"}}
          GET /xml/nope      | HTTP/1.1 200 | <error code="500">Command not found</error>%</response>%
          GET /mixed         | HTTP/1.1 404 | }
          """)
  void everyMethodHasTheAnswerOfOpensips(String line, String begin, String end) throws IOException {
    var head = line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    var answer = client.http(head.getBytes(StandardCharsets.US_ASCII));
    assertTrue(answer.startsWith(begin), answer);
    assertTrue(answer.endsWith(end.replace("~", "\r\n").replace("%", "\n")), answer);
  }

  @Test
  void datagramsAreAnsweredInTheirOwnForm() throws IOException {
    var version = "{\"jsonrpc\":\"2.0\",\"method\":\"version\",\"id\":1}";
    assertTrue(datagram(version).startsWith("{\"jsonrpc\":\"2.0\",\"result\":{\"Server\":\"Open"));
    assertEquals("", datagram("{\"jsonrpc\":\"2.0\",\"method\":\"version\"}"));
    assertTrue(datagram(":version:\n").startsWith("200 OK\nServer:: OpenSIPS ("));
    assertEquals("500 command not available\n", datagram(":nope:\n"));
    assertEquals("400 Parse_error", datagram("hello"));
    assertEquals("400 Parse_error", datagram("{\"jsonrpc\":"));
    assertEquals("", datagram("400 Parse_error"));
  }

  private static String datagram(String text) throws IOException {
    return client.datagram(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theLogLevelIsReallySet() throws Exception {
    var logger = LoggerFactory.getLogger("io.sipscope.node.mi");
    assertFalse(logger.isDebugEnabled());
    assertEquals(4, mi("log_level", "[4]").at("/result/New global log level").asInt());
    assertTrue(logger.isDebugEnabled());
    assertEquals(4, mi("log_level", "{}").at("/result/Processes/0/Log level").asInt());
    long pid = mi("ps", "{}").at("/result/Processes/0/PID").asLong();
    assertEquals(1, mi("log_level", "[\"1\"," + pid + "]").at("/result/Log level").asInt());
    assertFalse(logger.isInfoEnabled());
    assertEquals("Bad PID", mi("log_level", "[3,1]").at("/error/data").asText());
    mi("log_level", "[3]");
    assertTrue(logger.isInfoEnabled());
  }

  @Test
  void aLogConsumerCanBeFilteredAndMuted() throws Exception {
    assertEquals(
        0, mi("log_level_filter", "[\"stderror\"]").at("/result/Log level filter").asInt());
    assertEquals("OK", mi("log_level_filter", "[\"stderror\",2]").at("/result").asText());
    assertEquals(
        2, mi("log_level_filter", "[\"stderror\"]").at("/result/Log level filter").asInt());
    mi("log_level_filter", "[\"stderror\",0]");
    assertEquals("OK", mi("log_mute_state", "[\"event\",1]").at("/result").asText());
    assertEquals(1, mi("log_mute_state", "[\"event\"]").at("/result/mute state").asInt());
    assertEquals(404, mi("log_mute_state", "[\"zzz\"]").at("/error/code").asInt());
  }

  @Test
  void whatIsUsedIsHelpedWith() throws Exception {
    assertEquals("core", mi("help", "[\"uptime\"]").at("/result/Exported by").asText());
    assertTrue(mi("help", "{}").at("/result").asText().startsWith("Usage: help mi_cmd"));
    assertEquals("[[],[\"command\"]]", mi("which", "[\"which\"]").at("/result").toString());
    assertEquals("unknown MI command", mi("which", "[\"nope:\"]").at("/error/message").asText());
  }

  @Test
  void aNodeCanBeKilled(@TempDir Path other) throws Exception {
    try (var doomed = TestNode.start(MiClient.settings(other))) {
      var kill = "{\"jsonrpc\":\"2.0\",\"method\":\"kill\",\"id\":1}";
      assertEquals(
          "{\"jsonrpc\":\"2.0\",\"result\":\"OK\",\"id\":1}",
          new MiClient(doomed, other).fifo(":REPLY:" + kill));
      doomed.node().whenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
      assertFalse(Files.exists(other.resolve("mi")));
    }
  }
}
