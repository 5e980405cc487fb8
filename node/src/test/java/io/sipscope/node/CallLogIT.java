package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.node.ingest.Messages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who comes from a call log knows a time and perhaps numbers, and looks for the dialog.
class CallLogIT {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  /// 2023-11-14T22:13:20Z
  private static final long TIME = 1_700_000_000L * SECOND;

  private static TestNode node;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    node = TestNode.start("sipscope.data-dir = \"" + folder + "\"");
    call("nearest", 100, "+33123456789", "+4930123456");
    call("wanted", 400, "+442079460112", "+351210000188");
    call("only-from", -900, "+442079460112", "+4930123456");
    call("far", 60_000, "+442079460112", "+351210000188");
    NodeApi.eventually(
        () -> {
          assertEquals(4, node.json("/api/dialogs").path("dialogs").size());
          return null;
        });
  }

  private static void call(String callId, long millis, String from, String to) throws Exception {
    var sip = Messages.options(callId).replace("alice@", from + "@").replace("bob@", to + "@");
    node.sendUdp(Messages.hep3(sip, TIME + millis * MILLI));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static List<String> found(String query) throws Exception {
    var texts = new ArrayList<String>();
    for (var dialog : node.json("/api/dialogs?window=5s&" + query).path("dialogs")) {
      texts.add(text(dialog));
    }
    return texts;
  }

  private static String text(JsonNode dialog) {
    var nearness = dialog.path("nearness");
    return "%s %sms %s"
        .formatted(
            dialog.path("callId").asText(),
            nearness.path("offsetMs").asText(),
            nearness.path("matches"));
  }

  @Test
  void theNearestInTimeComesFirstAndSaysHowNearItIs() throws Exception {
    assertEquals(
        List.of("nearest 100ms []", "wanted 400ms []", "only-from -900ms []"),
        found("around=2023-11-14T22:13:20Z"));
  }

  @Test
  void aTimeMayBeANumberSince1970() throws Exception {
    assertEquals(found("around=2023-11-14T22:13:20Z"), found("around=1700000000"));
    assertEquals(found("around=2023-11-14T22:13:20.5Z"), found("around=1700000000500"));
  }

  @Test
  void whoHasTheNumbersComesBeforeWhoIsNearer() throws Exception {
    assertEquals(
        List.of(
            "wanted 400ms [\"from\",\"to\"]", "only-from -900ms [\"from\"]", "nearest 100ms []"),
        found("around=1700000000&nearest=true&from=02079460112&to=00351%20210000188"));
    assertEquals(
        List.of("wanted 400ms [\"from\"]", "only-from -900ms [\"from\"]"),
        found("around=1700000000&from=2079460112"),
        "without nearest a filter is a filter");
  }

  @Test
  void aTimelineHasABarForEachStretchOfItsTime() throws Exception {
    var timeline =
        node.json("/api/timeline?start=1699999990&end=1700000090&buckets=10&from=442079460112");
    var counts = new ArrayList<Long>();
    timeline.path("buckets").forEach(bucket -> counts.add(bucket.path("dialogs").asLong()));
    assertEquals(List.of(1L, 1L, 0L, 0L, 0L, 0L, 0L, 1L, 0L, 0L), counts);
    assertTrue(timeline.path("complete").asBoolean());
    assertEquals("10000", timeline.path("stepMs").asText());
    assertEquals(
        "2023-11-14T22:13:20.000000000Z", timeline.path("buckets").get(1).path("at").asText());
  }

  @Test
  void aTimelineThatEndsBeforeItBeginsSaysSo() throws Exception {
    var answer = node.get("/api/timeline?start=1700000090&end=1699999990");
    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains("a time before end"), answer.body());
  }
}
