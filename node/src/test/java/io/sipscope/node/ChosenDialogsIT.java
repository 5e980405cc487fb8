package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.node.ingest.Messages;
import io.sipscope.node.ingest.Pcaps;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Dialogs chosen one by one, by the body of a request.
class ChosenDialogsIT {
  private static TestNode node;

  @BeforeAll
  static void start() throws Exception {
    node = TestNode.start("sipscope.store = memory");
    node.importCapture(
        Pcaps.of(
            Messages.options("one@chosen"),
            Messages.options("two@chosen"),
            Messages.options("two@chosen", 2),
            Messages.options("three@chosen")));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static String keys(String... keys) {
    return "{\"keys\":[\"" + String.join("\",\"", keys) + "\"]}";
  }

  private static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"/api/pcap", "/api/hep"})
  void theirMessagesAreOneFileAndNobodyElsesAreInIt(String path) throws Exception {
    var file = node.post(path, bytes(keys("two@chosen", "three@chosen", "two@chosen")));
    assertEquals(200, file.statusCode());
    var text = file.body();
    assertEquals(2, text.split("Call-ID: two@chosen", -1).length - 1);
    assertEquals(1, text.split("Call-ID: three@chosen", -1).length - 1);
    assertEquals(-1, text.indexOf("one@chosen"));
    assertTrue(file.headers().firstValue("Content-Disposition").orElse("").contains("sipscope."));
  }

  @Test
  void oneThatIsNotStoredIsSaidBeforeAnythingIsSent() throws Exception {
    var answer = node.post("/api/pcap", bytes(keys("one@chosen", "gone@chosen")));
    assertEquals(404, answer.statusCode());
    assertTrue(answer.body().contains("gone@chosen"), answer.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nonsense          | The body is no JSON
          {}                | is empty or not there
          {"keys": []}      | is empty or not there
          {"keys": [1]}     | has a NUMBER in it
          {"keys": [""]}    | wanted: Call-IDs as strings
          [[[[]]]]          | is empty or not there
          """)
  void whatChoosesNothingIsRefusedWithTheReason(String body, String why) throws Exception {
    var answer = node.post("/api/pcap", bytes(body));
    assertEquals(400, answer.statusCode());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
    assertTrue(answer.body().contains(why), answer.body());
  }

  @Test
  void moreThanOneAnswerTakesAreRefused() throws Exception {
    var many =
        IntStream.range(0, 101).mapToObj(i -> "\"k" + i + "\"").collect(Collectors.joining(","));
    var answer = node.post("/api/shapes", bytes("{\"keys\":[" + many + "]}"));
    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains("101 dialogs (wanted: at most 100)"), answer.body());
    var tooLong = node.post("/api/shapes", bytes("{\"keys\":[\"" + "x".repeat(200_000) + "\"]}"));
    assertEquals(413, tooLong.statusCode(), tooLong.body());
  }

  @Test
  void shapesAreThoseOfTheMessagesAndUnknownDialogsAreLeftOut() throws Exception {
    var answer = node.post("/api/shapes", bytes(keys("two@chosen", "gone@chosen")));
    assertEquals(200, answer.statusCode());
    var shapes = new ObjectMapper().readTree(answer.body()).path("shapes");
    assertEquals(1, shapes.size());
    assertEquals("two@chosen", shapes.path(0).path("key").asText());
    assertEquals(2, shapes.path(0).path("bars").size());
    assertEquals("OPTIONS", shapes.path(0).path("bars").path(0).path("method").asText());
  }
}
