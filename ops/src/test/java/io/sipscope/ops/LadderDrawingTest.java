package io.sipscope.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sipscope.ops.LadderDrawing.Strokes;
import org.junit.jupiter.api.Test;

class LadderDrawingTest {
  private static final String ANSWERED =
      """
      {"dialog": {"callId": "one@192.0.2.10", "caller": "alice", "callee": "bob",
                  "method": "INVITE", "phase": "confirmed"},
       "columns": [{"address": "192.0.2.10:5060", "name": ""},
                   {"address": "198.51.100.5:5060", "name": "proxy"},
                   {"address": "203.0.113.20:5060", "name": ""}],
       "arrows": [
         {"time": "2026-11-21T01:34:40.108000000Z", "source": "192.0.2.10:5060",
          "destination": "198.51.100.5:5060", "method": "INVITE", "sdp": {"media": []}},
         {"time": "2026-11-21T01:34:41.308000000Z", "source": "203.0.113.20:5060",
          "destination": "198.51.100.5:5060", "status": 200, "reason": "OK"},
         {"time": "2026-11-21T01:34:41.808000000Z", "source": "203.0.113.20:5060",
          "destination": "192.0.2.10:5060", "status": 200, "reason": "OK",
          "retransmission": true}],
       "verdict": {"level": "good", "title": "Answered", "detail": "After 1.2 s"}}
      """;

  private static final String DRAWN =
      """
      one@192.0.2.10  alice → bob  INVITE, confirmed
      good: Answered. After 1.2 s

                                    192.0.2.10:5060       proxy (198.51.100.5:5060)      203.0.113.20:5060
                                           │                          │                          │
      01:34:40.108    0.000                │────── INVITE (SDP) ─────▶│                          │
      01:34:41.308    1.200                │                          │◀──────── 200 OK ─────────│
      01:34:41.808    1.700                │◀───── 200 OK again ──────┼──────────────────────────│
                                           │                          │                          │
      """;

  @Test
  void everyLifelineAndArrowheadIsInItsColumn() throws JsonProcessingException {
    assertEquals(DRAWN.strip(), drawn(Strokes.UNICODE, false, ANSWERED));
  }

  @Test
  void asciiIsAsciiOnly() throws JsonProcessingException {
    var drawing = drawn(Strokes.ASCII, false, ANSWERED.replace("alice", "Łukasz"));
    assertTrue(drawing.lines().allMatch(line -> line.chars().allMatch(c -> c < 0x80)), drawing);
    assertTrue(drawing.contains("INVITE (SDP)") && drawing.contains(">|"), drawing);
  }

  @Test
  void coloursComeOnlyWhenAskedFor() throws JsonProcessingException {
    assertFalse(drawn(Strokes.UNICODE, false, ANSWERED).contains("\u001b"));
    assertTrue(drawn(Strokes.UNICODE, true, ANSWERED).contains("\u001b[32m"));
  }

  @Test
  void whatTheNetworkSaysCannotSteerTheTerminal() throws JsonProcessingException {
    var hostile = (ObjectNode) RemoteNode.JSON.readTree(ANSWERED);
    ((ObjectNode) hostile.path("arrows").get(1)).put("reason", "\u001b[2J\u0007\nOK");
    assertFalse(drawn(Strokes.UNICODE, false, hostile.toString()).contains("\u001b"));
  }

  @Test
  void aLongLabelIsCutAndKeepsTheColumns() throws JsonProcessingException {
    var drawing =
        drawn(Strokes.UNICODE, false, ANSWERED.replace("\"OK\"", "\"" + "x".repeat(500) + "\""));
    assertTrue(drawing.contains("…"), drawing);
    assertTrue(drawing.lines().allMatch(line -> line.length() < 200), drawing);
  }

  @Test
  void aHostThatSpeaksToItselfIsDrawnAtItsLifeline() throws JsonProcessingException {
    var drawing = drawn(Strokes.UNICODE, false, ANSWERED.replace("203.0.113.20", "198.51.100.5"));
    assertTrue(drawing.contains("│ ↻ 200 OK"), drawing);
  }

  @Test
  void anEmptyAnswerIsNoError() throws JsonProcessingException {
    assertFalse(drawn(Strokes.UNICODE, false, "{}").isEmpty());
  }

  private static String drawn(Strokes strokes, boolean coloured, String json)
      throws JsonProcessingException {
    var answer = LadderAnswer.of(RemoteNode.JSON.readTree(json));
    return String.join("\n", new LadderDrawing(strokes, coloured).lines(answer));
  }
}
