package io.sipscope.http;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.Hep3Framing;
import io.sipscope.protocol.hep.HepDecoder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The contract as a program sees it: a real server on a port of its own.
class HttpApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static ServerBinding open;

  @BeforeAll
  static void bind() {
    var node = new OneDialog().on(KIT);
    node.counters.counter("ingest", "received").add(5);
    node.counters.counter("ingest", "dropped_queue_full").add(2);
    node.counters.gauge("ingest", "in_flight", () -> 1);
    var settings = new HttpSettings("127.0.0.1", 0, List.of(), Duration.ofSeconds(5));
    open = OneDialog.bind(KIT, node.actors(KIT), settings);
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void aDialogIsFoundByItsPercentEncodedCallId() throws Exception {
    var dialog = json("/api/dialogs/" + OneDialog.IN_A_PATH);
    assertEquals(OneDialog.CALL_ID, dialog.get("callId").asText());
    assertEquals("failed", dialog.get("phase").asText());
    assertEquals(486, dialog.get("status").asInt());
    assertEquals("2026-01-01T00:00:00.001000000Z", dialog.get("startedAt").asText());
    assertEquals("[2001:db8::20]:5060", dialog.get("destination").asText());
    assertTrue(dialog.get("durationMs").isNull());
  }

  @Test
  void aLadderHasColumnsAndArrowsAsKnownAtThatTime() throws Exception {
    var ladder = json("/api/dialogs/" + OneDialog.IN_A_PATH + "/ladder");
    assertEquals("192.0.2.10", ladder.at("/columns/0/address").asText());
    assertEquals(2, ladder.get("arrows").size());
    assertEquals("486 Busy Here", ladder.at("/arrows/1/label").asText());
    assertEquals(1, ladder.at("/arrows/1/from").asInt());
    assertEquals("z9hG4bK1", ladder.at("/arrows/1/branch").asText());
    var earlier =
        json("/api/dialogs/" + OneDialog.IN_A_PATH + "/ladder?at=2026-01-01T00:00:00.0015Z");
    assertEquals(1, earlier.get("arrows").size());
    assertEquals("trying", earlier.at("/dialog/phase").asText());
  }

  @Test
  void hostsOfALadderHaveTheNameOfTheirAliasOrElseOfTheirTrunk() throws Exception {
    var ladder = json("/api/dialogs/" + OneDialog.IN_A_PATH + "/ladder");
    assertEquals("office", ladder.at("/columns/0/name").asText());
    assertEquals("edge-1", ladder.at("/columns/1/name").asText());
    assertEquals("[\"2001:db8::20\"]", ladder.at("/columns/1/addresses").toString());
  }

  @Test
  void aVerdictSaysWhereAndWhatEachMessageShows() throws Exception {
    var verdict = json("/api/dialogs/" + OneDialog.IN_A_PATH).get("verdict");
    assertEquals("busy", verdict.get("rule").asText(), verdict.toString());
    assertEquals(1, verdict.get("version").asInt());
    assertTrue(verdict.get("where").isTextual(), verdict.toString());
    assertTrue(verdict.get("check").isNull(), verdict.toString());
    assertEquals(verdict.at("/evidence/0"), verdict.at("/notes/0/seq"));
    assertEquals("INVITE", verdict.at("/notes/0/text").asText());
  }

  @Test
  void everyRuleThatAVerdictMayComeFromIsListed() throws Exception {
    var rules = json("/api/verdict/rules").get("rules");
    assertTrue(rules.size() > 100, rules.size() + " rules");
    var first = rules.get(0);
    assertEquals("one-direction-captured", first.get("rule").asText());
    assertEquals(1, first.get("version").asInt());
    assertEquals("info", first.get("level").asText());
    assertTrue(first.get("when").asText().endsWith("."));
    assertTrue(first.get("check").isTextual());
    assertEquals(400, get(open, "/api/verdict/rules?level=bad").statusCode());
  }

  @Test
  void aLadderSaysOfWhichDialogsItIs() throws Exception {
    var path = "/api/dialogs/" + OneDialog.IN_A_PATH + "/ladder";
    var alone = json(path);
    assertEquals(OneDialog.CALL_ID, alone.at("/legs/0/key").asText());
    assertEquals(OneDialog.CALL_ID, alone.at("/legs/0/callId").asText());
    assertEquals(0, alone.at("/arrows/1/leg").asInt());
    assertEquals(alone, json(path + "?with=" + OneDialog.IN_A_PATH), "a dialog is drawn once");
  }

  @Test
  void aLadderWithADialogThatIsNotThereSaysWhichOneThatIs() throws Exception {
    var answer = get(open, "/api/dialogs/" + OneDialog.IN_A_PATH + "/ladder?with=nobody");
    assertEquals(404, answer.statusCode());
    var detail = JSON.readTree(answer.body()).get("detail").asText();
    assertTrue(detail.contains("\"nobody\""), detail);
  }

  @Test
  void aLadderOfTooManyDialogsIsRefused() throws Exception {
    var with = "?with=x" + IntStream.range(0, 15).mapToObj(i -> "&with=k" + i).collect(joining());
    var answer = get(open, "/api/dialogs/" + OneDialog.IN_A_PATH + "/ladder" + with);
    assertEquals(400, answer.statusCode());
    assertEquals("with", JSON.readTree(answer.body()).get("parameter").asText());
  }

  @Test
  void aDialogIsToldAsKnownAtThatTime() throws Exception {
    var then = json("/api/dialogs/" + OneDialog.IN_A_PATH + "?at=2026-01-01T00:00:00.0015Z");
    assertEquals("trying", then.get("phase").asText());
    assertEquals(1, then.get("messages").asInt());
    assertTrue(then.get("status").isNull());
    assertTrue(then.get("trunk").isNull());
    assertEquals("carrier", json("/api/dialogs/" + OneDialog.IN_A_PATH).get("trunk").asText());
  }

  /// The 486 came at 00:00:00.003.
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2026-01-01T00:00:00.001Z,              1
          2026-01-01T00:00:00.002999999Z,        1
          2026-01-01T00:00:00.003Z,              2
          2026-01-01T02:00:00.003%2B02:00,       2
          2026-01-01T02:00:00.003+02:00,         2
          2025-12-31T18:30:00.002999999-05:30,   1
          9999-12-31T23:59:59Z,                  2
          """)
  void aMomentIsKnownToTheNanosecondInEveryZone(String at, int messages) throws Exception {
    var path = "/api/dialogs/" + OneDialog.IN_A_PATH;
    assertEquals(messages, json(path + "?at=" + at).get("messages").asInt());
    assertEquals(messages, json(path + "/messages?at=" + at).get("messages").size());
    var ladder = json(path + "/ladder?at=" + at);
    assertEquals(messages, ladder.get("arrows").size());
    assertEquals(messages, ladder.at("/dialog/messages").asInt());
    assertEquals(ladder.at("/dialog/verdict"), ladder.get("verdict"));
  }

  @Test
  void aMomentBeforeTheFirstMessageIsSaidToBe() throws Exception {
    var path = "/api/dialogs/" + OneDialog.IN_A_PATH;
    for (var what : List.of("", "/ladder")) {
      var answer = get(open, path + what + "?at=2026-01-01T00:00:00.000999999Z");
      assertEquals(404, answer.statusCode());
      var detail = JSON.readTree(answer.body()).get("detail").asText();
      assertTrue(detail.contains("first message was at 2026-01-01T00:00:00.001000000Z"), detail);
    }
    var messages = json(path + "/messages?at=2026-01-01T00:00:00.000999999Z");
    assertEquals(0, messages.get("messages").size());
  }

  @Test
  void whatAVerdictRestsOnAreMessagesOfTheLadder() throws Exception {
    var ladder = json("/api/dialogs/" + OneDialog.IN_A_PATH + "/ladder");
    assertEquals(3, ladder.at("/arrows/1/seq").asInt());
    assertTrue(ladder.at("/verdict/evidence").toString().contains("3"), ladder.toString());
    assertEquals(
        ladder.get("verdict"),
        json("/api/dialogs/" + OneDialog.IN_A_PATH + "?at=2026-02-01T00:00:00Z").get("verdict"));
  }

  @Test
  void rawMessagesAreTheBytesInBase64() throws Exception {
    var messages = json("/api/dialogs/" + OneDialog.IN_A_PATH + "/messages?raw=true");
    var raw = Base64.getDecoder().decode(messages.at("/messages/0/raw").asText());
    assertEquals(messages.at("/messages/0/size").asInt(), raw.length);
    assertEquals(Bytes.of(raw).sha256Hex(), messages.at("/messages/0/sha256").asText());
  }

  @Test
  void messagesOfAllDialogsComeNewestFirst() throws Exception {
    var messages = json("/api/messages?limit=10").get("messages");
    assertEquals(
        List.of(3L, 1L), List.of(messages.at("/0/seq").asLong(), messages.at("/1/seq").asLong()));
  }

  @Test
  void aPageIsFollowedByItsCursor() throws Exception {
    var first = json("/api/dialogs?limit=1");
    assertEquals(1, first.get("dialogs").size());
    var second = json("/api/dialogs?limit=1&cursor=" + first.get("next").asText());
    assertTrue(second.get("next").isNull());
  }

  @Test
  void anExportIsPcapng() throws Exception {
    var answer = get(open, "/api/dialogs/" + OneDialog.IN_A_PATH + "/pcap");
    assertEquals("application/x-pcapng", answer.headers().firstValue("Content-Type").orElse(""));
    assertEquals(0x0a0d0d0a, Bytes.of(answer.body()).u32(0));
  }

  @Test
  void aHepExportIsFramesAsAnAgentSendsThem() throws Exception {
    var framing = new Hep3Framing();
    framing.push(Bytes.of(get(open, "/api/dialogs/" + OneDialog.IN_A_PATH + "/hep").body()));
    var invite = packet(framing.next());
    var busy = packet(framing.next());
    assertEquals("192.0.2.10:5060", invite.source().toString());
    assertEquals("[2001:db8::20]:5060", busy.source().toString());
    assertEquals(OneDialog.T0 + 3_000_000, busy.time().orElseThrow());
    assertEquals(new Agent(7, "edge"), busy.agent());
    assertEquals("leg-1", busy.correlationId());
    assertEquals(6, busy.ipProtocol());
    assertTrue(busy.payload().utf8().startsWith("SIP/2.0 486 Busy Here\r\n"));
    assertInstanceOf(Hep3Framing.NeedMore.class, framing.next());
  }

  private static Hep.Packet packet(Hep3Framing.Next next) {
    var frame = assertInstanceOf(Hep3Framing.Frame.class, next).frame();
    return assertInstanceOf(Hep.Packet.class, HepDecoder.decodeFrame(frame));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /api/dialogs?limit=1001,                 400, limit
          /api/dialogs?limit=0,                    400, limit
          /api/dialogs?form=alice,                 400, form
          /api/dialogs?status=4,                   400, status
          /api/dialogs?phase=over,                 400, phase
          /api/dialogs?start=yesterday,            400, start
          /api/dialogs?address=example.com,        400, address
          /api/dialogs?cursor=x,                   400, cursor
          /api/messages?cursor=x,                  400, cursor
          /api/live?lastEventId=x,                 400, lastEventId
          /api/dialogs/nobody?at=noon,             400, at
          /api/dialogs/nobody/ladder?at=12:00,      400, at
          /api/dialogs/nobody/ladder?with=,        400, with
          /api/dialogs/nobody/messages?at=2026-02-30T00:00:00Z, 400, at
          /api/dialogs/nobody/messages?at=,        400, at
          /api/dialogs/nobody/ladder?at=2026-01-01T00:00:00, 400, at
          /api/dialogs/nobody?at=2026-01-01T00:00:00Z, 404,
          /api/dialogs/nobody,                     404,
          /api/dialogs/nobody/ladder,              404,
          /api/dialogs/nobody/pcap,                404,
          /api/dialogs/nobody/hep,                 404,
          /api/hep?limit=5,                        400, limit
          /api/nothing,                            404,
          """)
  void whatCannotBeAnsweredIsAProblem(String path, int status, String parameter) throws Exception {
    var answer = get(open, path);
    assertEquals(status, answer.statusCode());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
    var problem = JSON.readTree(answer.body());
    assertEquals(status, problem.get("status").asInt());
    assertEquals(parameter == null ? "" : parameter, problem.path("parameter").asText());
  }

  @Test
  void anImportIsAnsweredWithItsReport() throws Exception {
    var request = HttpRequest.newBuilder(uri(open, "/api/captures"));
    var answer =
        CLIENT.send(
            request.POST(BodyPublishers.ofByteArray(new byte[100_000])).build(),
            BodyHandlers.ofString());
    assertEquals(
        "{\"packets\":2,\"messages\":2,\"dialogs\":1,\"malformed\":0,\"duplicates\":0}",
        answer.body());
  }

  @Test
  void metricsShowTheLawOfTheIngest() throws Exception {
    var text = new String(get(open, "/metrics").body(), StandardCharsets.UTF_8);
    assertTrue(text.contains("sipscope_ingest_received_total 5.0"), text);
    assertTrue(text.contains("sipscope_ingest_dropped_total{reason=\"queue_full\"} 2.0"), text);
    assertTrue(text.contains("sipscope_ingest_in_flight 1.0"), text);
  }

  @Test
  void readinessTellsWhyNot() throws Exception {
    var answer = get(open, "/ready");
    assertEquals(503, answer.statusCode());
    assertEquals("the store is away\n", new String(answer.body(), StandardCharsets.UTF_8));
  }

  @Test
  void theDocumentNamesEveryPathThatIsServedAndNoOther() throws Exception {
    var served = get(open, "/openapi.yaml");
    assertEquals("application/yaml", served.headers().firstValue("Content-Type").orElse(""));
    var document = new String(served.body(), StandardCharsets.UTF_8);
    var paths =
        Pattern.compile("^  (/\\S*):$", Pattern.MULTILINE)
            .matcher(document)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertEquals(42, paths.size(), paths.toString());
    for (var path : paths) {
      var answer =
          get(
              open,
              path.replace("{dialog}", "nobody")
                      .replace("{name}", "nobody")
                      .replace("{command}", "version")
                  + (path.endsWith("live") || path.endsWith("events") ? "?limit=1" : ""));
      var isServed = answer.statusCode() != 404 || path.contains("{");
      assertTrue(isServed, path + ": " + answer.statusCode());
    }
  }

  private static JsonNode json(String path) throws IOException, InterruptedException {
    var answer = get(open, path);
    assertEquals(200, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<byte[]> get(ServerBinding server, String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri(server, path)).timeout(Duration.ofSeconds(20));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static URI uri(ServerBinding server, String path) {
    return URI.create("http://127.0.0.1:" + server.localAddress().getPort() + path);
  }
}
