package io.sipscope.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final OneDialog NODE = new OneDialog().on(KIT);
  private static ServerBinding server;

  @BeforeAll
  static void bind() {
    NODE.counters.counter("ingest", "persisted").add(3);
    NODE.counters.counter("ingest", "received").add(5);
    NODE.counters.gauge("ingest", "in_flight", () -> 2);
    var settings = new HttpSettings("127.0.0.1", 0, List.of(), Duration.ofSeconds(5));
    server = OneDialog.bind(KIT, NODE.actors(KIT), settings);
  }

  @AfterAll
  static void stop() {
    CLIENT.close();
    KIT.shutdownTestKit();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ?names=received                          | {"ingest:received":5}
          ?names=ingest:received                   | {"ingest:received":5}
          ?names=nope,Ingest:persisted,in_flight   | {"ingest:persisted":3,"ingest:in_flight":2}
          ?names=persisted&names=received,received | {"ingest:persisted":3,"ingest:received":5}
          ?names=ingest: | {"ingest:received":5,"ingest:persisted":3,"ingest:in_flight":2}
          ?names=nope                              | {}
          """)
  void valuesAreChosenByName(String query, String values) throws Exception {
    assertEquals(values, json("/api/statistics" + query).path("values").toString());
  }

  @Test
  void withoutNamesItIsAllAndEachIsDescribed() throws Exception {
    var all = json("/api/statistics");
    assertEquals(all, json("/api/statistics?names=all"));
    assertEquals(all.path("values").size(), all.path("statistics").size());
    assertEquals(1, all.path("nodes").asInt());
    var received = all.path("statistics").get(0);
    assertEquals("ingest:received", received.path("name").asText());
    assertEquals("counter", received.path("kind").asText());
    assertEquals("messages", received.path("unit").asText());
    assertEquals("[\"nope\"]", json("/api/statistics?names=nope,all").path("unknown").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | /api/statistics?names=                        | 400
          GET  | /api/statistics?names=a,,b                    | 400
          GET  | /api/statistics?name=a                        | 400
          GET  | /api/statistics?node=pekko://sipscope@x:1     | 404
          GET  | /api/statistics?node=                         | 400
          POST | /api/statistics/reset                         | 400
          POST | /api/statistics/reset?names=x&node=y          | 400
          GET  | /api/statistics/reset?names=all               | 405
          POST | /api/statistics                               | 405
          GET  | /api/statistics/history?step=1ms              | 400
          GET  | /api/statistics/history?step=soon             | 400
          GET  | /api/statistics/history?start=2020-01-01T00:00:00Z&step=1s | 400
          GET  | /api/statistics/history?start=2030-01-01T00:00:00Z&end=2020-01-01T00:00:00Z | 400
          GET  | /api/statistics/history?end=yesterday         | 400
          """)
  void whatCannotBeAnsweredIsAProblem(String method, String path, int status) throws Exception {
    var answer = send(method, path);
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
  }

  @Test
  void aResetTellsWhatWasReset() throws Exception {
    NODE.counters.counter("dynamic", "gone").add(7);
    var answer = send("POST", "/api/statistics/reset?names=gone,in_flight,nope");
    assertEquals("{\"reset\":[\"dynamic:gone\"],\"unreached\":[]}", answer.body());
    NODE.counters.counter("dynamic", "gone").add(1);
    assertEquals(1, json("/api/statistics?names=gone").path("values").path("dynamic:gone").asInt());
  }

  @Test
  void theRecordHasAPointForEachStepThatHasASample() throws Exception {
    var minute = "start=2020-01-01T00:00:00Z&end=2020-01-01T00:01:00Z";
    var fine = json("/api/statistics/history?names=received&step=10s&" + minute);
    assertEquals("2020-01-01T00:00:00.000000000Z", fine.path("start").asText());
    assertEquals(10_000, fine.path("step").asInt());
    assertEquals("ingest:received", fine.path("series").get(0).path("name").asText());
    assertEquals(List.of(0, 1, 3, 4, 5), values(fine, 0));
    var third = fine.path("series").get(0).path("points").get(2);
    assertEquals("2020-01-01T00:00:30.000000000Z", third.path("time").asText());
    var coarse = json("/api/statistics/history?names=received&step=30s&" + minute);
    assertEquals(List.of(1, 5), values(coarse, 0));
    var chosen = json("/api/statistics/history?" + minute);
    assertEquals(3, chosen.path("series").size());
    assertEquals(List.of(), values(chosen, 1));
    var gone = json("/api/statistics/history?names=old:name,nope&" + minute);
    assertEquals(1, gone.path("series").size());
    assertEquals("old:name", gone.path("series").get(0).path("name").asText());
  }

  @Test
  void whatIsRecordedIsWhatSomebodyChoseLast() throws Exception {
    var configured = json("/api/statistics/recorded");
    assertEquals("[\"ingest:\"]", configured.path("configured").toString());
    assertEquals(10_000, configured.path("intervalMs").asInt());
    var chosen = put("{\"names\":[\"tm:\",\"received\",\"tm:\"]}");
    assertEquals("[\"tm:\",\"received\"]", JSON.readTree(chosen.body()).path("names").toString());
    assertEquals(JSON.readTree(chosen.body()), json("/api/statistics/recorded"));
    assertEquals(200, put("{\"names\":[]}").statusCode());
    assertEquals("[]", json("/api/statistics/recorded").path("names").toString());
    put("{\"names\":[\"ingest:\"]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "{}",
        "{\"names\":\"all\"}",
        "{\"names\":[\"\"]}",
        "{\"names\":[\"a b:\\n\"]}"
      })
  void whatNamesNoStatisticsIsNotChosen(String body) throws Exception {
    var before = json("/api/statistics/recorded");
    assertEquals(400, put(body).statusCode());
    assertEquals(before, json("/api/statistics/recorded"));
  }

  private static HttpResponse<String> put(String body) throws IOException, InterruptedException {
    var uri =
        URI.create(
            "http://127.0.0.1:" + server.localAddress().getPort() + "/api/statistics/recorded");
    return CLIENT.send(
        HttpRequest.newBuilder(uri)
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .build(),
        BodyHandlers.ofString());
  }

  private static List<Integer> values(JsonNode history, int series) {
    var points = history.path("series").get(series).path("points");
    return StreamSupport.stream(points.spliterator(), false)
        .map(point -> point.path("value").asInt())
        .toList();
  }

  private static JsonNode json(String path) throws IOException, InterruptedException {
    var answer = send("GET", path);
    assertEquals(200, answer.statusCode(), answer.body());
    assertTrue(answer.body().startsWith("{"), answer.body());
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + server.localAddress().getPort() + path);
    return CLIENT.send(
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }
}
