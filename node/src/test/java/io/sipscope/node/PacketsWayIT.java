package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.node.ingest.Messages;
import io.sipscope.node.ingest.Pcaps;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way of a packet through a whole node on H2, from each source to the API.
class PacketsWayIT {
  private static final long TIME = 1_700_000_000_123_456_789L;

  private static TestNode node;

  @BeforeAll
  static void start(@TempDir Path folder) {
    node = TestNode.start("sipscope.data-dir = \"" + folder + "\"");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static List<String> texts(JsonNode messages) {
    return StreamSupport.stream(messages.spliterator(), false)
        .map(message -> message.path("cseq").asText() + " " + message.path("method").asText())
        .toList();
  }

  private static JsonNode awaitMessages(String callId, int count) {
    return NodeApi.eventually(
        () -> {
          var messages = node.messages(callId);
          assertEquals(count, messages.size());
          return messages;
        });
  }

  @Test
  void aDatagramOfHepBecomesAMessageToTheByte() throws Exception {
    var sip = Messages.options("by-udp@example.com");
    node.sendUdp(Messages.hep3(sip, TIME));
    var message = awaitMessages("by-udp@example.com", 1).get(0);
    assertEquals("OPTIONS", message.path("method").asText());
    assertEquals("2023-11-14T22:13:20.123456000Z", message.path("time").asText());
    assertEquals("10.0.0.1:5060", message.path("source").asText());
    assertEquals("10.0.0.2:5060", message.path("destination").asText());
    assertEquals("2001", message.path("agent").asText());
    assertEquals("hep", message.path("sourceKind").asText());
    var raw =
        node.json("/api/dialogs/by-udp%40example.com/messages?raw=true").at("/messages/0/raw");
    assertArrayEquals(
        sip.getBytes(StandardCharsets.UTF_8), Base64.getDecoder().decode(raw.asText()));
  }

  @Test
  void aStreamOfHepMayBeSplitAnywhere() throws Exception {
    try (var socket = node.hepTcp()) {
      socket.setTcpNoDelay(true);
      for (int i = 1; i <= 3; i++) {
        for (byte b : Messages.hep3(Messages.options("by-tcp", i), TIME + i * 1_000_000L)) {
          socket.getOutputStream().write(b);
        }
      }
    }
    var messages = awaitMessages("by-tcp", 3);
    assertEquals(List.of("1 OPTIONS", "2 OPTIONS", "3 OPTIONS"), texts(messages));
  }

  @Test
  void aCaptureFileTwiceIsStoredOnce() throws Exception {
    var sips = new ArrayList<String>();
    for (int i = 0; i < 500; i++) {
      sips.add(Messages.options("by-file-" + i % 20, i));
    }
    sips.add("this is no SIP");
    var file = Pcaps.of(sips.toArray(String[]::new));
    var first = node.importCapture(file);
    assertEquals(501, first.path("packets").asInt());
    assertEquals(500, first.path("messages").asInt());
    assertEquals(20, first.path("dialogs").asInt());
    assertEquals(0, first.path("duplicates").asInt());
    assertEquals(25, node.messages("by-file-7").size());
    var second = node.importCapture(file);
    assertEquals(500, second.path("messages").asInt());
    assertEquals(500, second.path("duplicates").asInt());
    assertEquals(25, node.messages("by-file-7").size());
    var found = node.json("/api/dialogs?text=by-file-&limit=100").path("dialogs");
    assertEquals(20, found.size());
  }

  @Test
  void severalImportsAtOnceAreAllStored() throws Exception {
    var answers = new LinkedBlockingQueue<Integer>();
    for (int n = 0; n < 4; n++) {
      var sips = new ArrayList<String>();
      for (int i = 0; i < 300; i++) {
        sips.add(Messages.options("at-once-" + n + "-" + i % 30, i));
      }
      var file = Pcaps.of(sips.toArray(String[]::new));
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  answers.add(node.importCapture(file).path("messages").asInt());
                } catch (Exception e) {
                  answers.add(-1);
                }
              });
    }
    for (int n = 0; n < 4; n++) {
      assertEquals(300, answers.poll(60, TimeUnit.SECONDS));
    }
    for (int n = 0; n < 4; n++) {
      assertEquals(10, node.messages("at-once-" + n + "-29").size());
    }
  }

  @Test
  void whatIsNoCaptureIsRefusedAsAProblem() throws Exception {
    var answer = node.post("/api/captures", "GIF89a no capture".getBytes(StandardCharsets.UTF_8));
    assertEquals(400, answer.statusCode());
    assertEquals(
        "application/problem+json",
        answer.headers().firstValue("content-type").orElse("").replaceFirst(";.*", ""));
  }

  @Test
  void aMessageWithoutACallIdIsStoredAndFound() throws Exception {
    var sip =
        Messages.options("gone").replaceFirst("Call-ID: gone\r\n", "").replace("10.0.0.1", "x");
    node.sendUdp(Messages.hep3(sip, TIME));
    var key = "no-call-id:2023-11-14:10.0.0.1:5060-10.0.0.2:5060";
    assertEquals("", awaitMessages(key, 1).get(0).path("callId").asText("").replace(key, ""));
    var found = node.json("/api/dialogs?call-id=" + NodeApi.encoded(key)).path("dialogs");
    assertEquals(1, found.size());
    assertEquals(key, found.get(0).path("key").asText());
  }

  @Test
  void whatIsStoredIsSeenLive() throws Exception {
    try (var live = new Watching("call-id=seen-live")) {
      NodeApi.eventually(
          () -> {
            node.sendUdp(Messages.hep3(Messages.options("seen-live"), System.nanoTime()));
            assertTrue(heard(live.lines, "sip:traffic"));
            return null;
          });
      assertTrue(heard(live.lines, "\"callId\":\"seen-live\""), "no message came with the event");
    }
  }

  @Test
  void whoFollowsASampleIsToldHowMuchOfTheTrafficItIs() throws Exception {
    try (var live = new Watching("rate=1&from=alice")) {
      NodeApi.eventually(
          () -> {
            for (int i = 0; i < 50; i++) {
              node.sendUdp(Messages.hep3(Messages.options("sample-" + i), System.nanoTime()));
            }
            assertTrue(
                heardLike(live.lines, "data: .\"matched\":[1-9]\\d,\"shown\":[012],.*"),
                "of 50 at once one a second is shown, or twice that at first");
            return null;
          });
    }
  }

  /// A watcher of the live stream.
  private static final class Watching implements AutoCloseable {
    final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final CompletableFuture<?> answer;

    Watching(String query) {
      answer =
          client.sendAsync(
              HttpRequest.newBuilder(node.uri("/api/live?" + query)).build(),
              HttpResponse.BodyHandlers.fromLineSubscriber(new Lines(lines)));
    }

    /// The stream has no end that could be waited for.
    @Override
    public void close() {
      answer.cancel(true);
      client.shutdownNow();
    }
  }

  private static boolean heard(BlockingQueue<String> lines, String text)
      throws InterruptedException {
    return heardLike(lines, ".*" + Pattern.quote(text) + ".*");
  }

  private static boolean heardLike(BlockingQueue<String> lines, String regex)
      throws InterruptedException {
    for (var line = lines.poll(500, TimeUnit.MILLISECONDS);
        line != null;
        line = lines.poll(500, TimeUnit.MILLISECONDS)) {
      if (line.matches(regex)) {
        return true;
      }
    }
    return false;
  }

  private record Lines(BlockingQueue<String> lines)
      implements java.util.concurrent.Flow.Subscriber<String> {
    @Override
    public void onSubscribe(java.util.concurrent.Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      lines.add(line);
    }

    @Override
    public void onError(Throwable failure) {
      lines.add(failure.toString());
    }

    @Override
    public void onComplete() {
      lines.add("the end");
    }
  }

  /// A node of its own, as the others' traffic would count too.
  @Test
  void theLawHoldsForEverySourceTogether(@TempDir Path folder) throws Exception {
    try (var own = TestNode.start("sipscope.data-dir = \"" + folder + "\"")) {
      for (int i = 0; i < 50; i++) {
        own.sendUdp(Messages.hep3(Messages.options("law-" + i % 5, i), TIME + i));
      }
      own.sendUdp(new byte[] {1, 2, 3, 4});
      own.sendUdp(Messages.hep3(5, "{}", TIME));
      own.sendUdp(Messages.hep3("no SIP at all", TIME));
      try (var socket = own.hepTcp()) {
        for (int i = 0; i < 40; i++) {
          socket.getOutputStream().write(Messages.hep3(Messages.options("law-tcp", i), TIME + i));
        }
        socket.getOutputStream().write("nonsense".getBytes(StandardCharsets.US_ASCII));
      }
      var file = Pcaps.of(Messages.options("law-file", 1), Messages.options("law-file", 2));
      own.importCapture(file);
      own.importCapture(file);
      var values = own.assertConserved(50 + 3 + 40 + 1 + 2 + 2);
      assertEquals(94, values.get("persisted"));
      assertEquals(2, values.get("duplicates"));
      assertEquals(1, values.get("dropped_not_sip"));
      assertEquals(1, values.get("malformed_start_line"));
    }
  }
}
