package io.sipscope.node.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.sipscope.node.NodeApi;
import io.sipscope.node.Resolver;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.SubscriberSocket;
import io.sipscope.persistence.events.Subscription;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.testing.RequiresTool;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventSendersTest {
  private static final int QUEUE = 10;
  private static final int RETRIES = 2;
  private static final String SECRET = "key";

  private final Counters counters = new Counters();
  private final EventSenders senders = senders("");

  @AfterEach
  void close() {
    senders.close();
  }

  private EventSenders senders(String folder) {
    return new EventSenders(
        new EventSettings(
            List.of(),
            QUEUE,
            Duration.ofSeconds(2),
            RETRIES,
            Duration.ofMillis(10),
            Duration.ofSeconds(30),
            SECRET,
            folder,
            List.of()),
        counters,
        Resolver.UNCOUNTED);
  }

  private void deliver(String socket, Event event) {
    deliver(senders, socket, event);
  }

  private static void deliver(EventSenders senders, String socket, Event event) {
    var subscription =
        new Subscription(
            event.name(),
            SubscriberSocket.parse(socket).orElseThrow(),
            0,
            60,
            Subscription.Era.JSON,
            "",
            /* permanent */ false);
    senders.deliver(List.of(subscription), event);
  }

  private long count(String name) {
    return counters.counter("events", name).sum();
  }

  private void assertCounted(String name, long wanted) {
    NodeApi.eventually(
        () -> {
          assertEquals(wanted, count(name), name);
          return null;
        });
  }

  @Test
  void aSubscriberThatIsGoneHarmsNobodyElse() throws Exception {
    int nobody;
    try (var server = new ServerSocket(0)) {
      nobody = server.getLocalPort();
    }
    try (var socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      socket.setSoTimeout(20_000);
      deliver("tcp:127.0.0.1:" + nobody, Event.of("E_GONE"));
      deliver("udp:127.0.0.1:" + socket.getLocalPort(), Event.of("E_HERE"));
      var packet = new DatagramPacket(new byte[100], 100);
      socket.receive(packet);
      assertTrue(
          new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8)
              .contains("E_HERE"));
    }
    assertCounted("failed", 1);
    assertCounted("retried", RETRIES);
    assertCounted("sent", 1);
  }

  /// Answers a webhook's requests, in turn, with what it is given.
  private static HttpServer web(List<Integer> statuses, BlockingQueue<Map<String, String>> seen)
      throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var left = new ArrayDeque<>(statuses);
    server.createContext(
        "/hook",
        exchange -> {
          var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
          exchange
              .getRequestHeaders()
              .forEach((name, value) -> headers.put(name, value.getFirst()));
          headers.put(
              "body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          seen.add(headers);
          exchange.sendResponseHeaders(left.isEmpty() ? 200 : left.removeFirst(), -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String hook(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /// RFC 4231 has no such case; `openssl dgst -sha256 -hmac key` says the same.
  @Test
  void aSignatureIsTheHmacOfTheBody() {
    assertEquals(
        "sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8",
        Signature.of(
            "key",
            "The quick brown fox ".getBytes(StandardCharsets.UTF_8),
            "jumps over the lazy dog".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aWebhookIsSignedAndSentAgainUntilItIsTaken() throws Exception {
    var seen = new LinkedBlockingQueue<Map<String, String>>();
    var server = web(List.of(500, 429), seen);
    try {
      deliver(hook(server), Event.of("E_HOOK").with("k", "v"));
      var first = seen.poll(20, TimeUnit.SECONDS);
      var body = "{\"jsonrpc\":\"2.0\",\"method\":\"E_HOOK\",\"params\":{\"k\":\"v\"}}";
      assertEquals(body, first.get("body"));
      assertEquals("E_HOOK", first.get("X-Sipscope-Event"));
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      assertEquals(Signature.of(SECRET, bytes), first.get("X-Sipscope-Signature"));
      var stamp = first.get("X-Sipscope-Timestamp") + ".";
      assertEquals(
          Signature.of(SECRET, stamp.getBytes(StandardCharsets.UTF_8), bytes),
          first.get("X-Sipscope-Signature-Timestamp"));
      assertEquals(
          first.get("X-Sipscope-Delivery"),
          seen.poll(20, TimeUnit.SECONDS).get("X-Sipscope-Delivery"));
      seen.poll(20, TimeUnit.SECONDS);
      assertCounted("retried", 2);
      assertCounted("sent", 1);
      assertCounted("failed", 0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aWebhookThatRefusesIsNotAskedAgain() throws Exception {
    var seen = new LinkedBlockingQueue<Map<String, String>>();
    var server = web(List.of(404), seen);
    try {
      deliver(hook(server), Event.of("E_HOOK"));
      assertCounted("failed", 1);
      assertEquals(1, seen.size());
      assertEquals("answered with 404", senders.deliveries().get(hook(server)).lastFailure());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aFileGetsALineAnEventAlsoAfterItWasMoved(@TempDir Path folder) throws Exception {
    var file = folder.resolve("events.csv");
    deliver("flatstore:" + file, Event.of("E_ONE").with("a", "x,y").with("b", 5).with("c", "l\nm"));
    assertCounted("sent", 1);
    assertEquals("E_ONE,\"x,y\",5,l\\nm\n", Files.readString(file));
    Files.move(file, folder.resolve("old"));
    NodeApi.eventually(
        () -> {
          deliver("flatstore:" + file, Event.of("E_TWO"));
          assertTrue(Files.exists(file));
          return null;
        });
    deliver("flatstore:" + folder, Event.of("E_NO"));
    assertCounted("failed", 1);
  }

  private static int nobody() throws IOException {
    try (var server = new ServerSocket(0)) {
      return server.getLocalPort();
    }
  }

  @Test
  void aVirtualSocketTellsAllOrTheNextOrTheFirstThatIsThere(@TempDir Path folder) throws Exception {
    var a = "flatstore:" + folder.resolve("a");
    var b = "flatstore:" + folder.resolve("b");
    deliver("virtual:PARALLEL " + a + " " + b, Event.of("E_ALL"));
    assertCounted("sent", 2);
    deliver("virtual:ROUND-ROBIN " + a + " " + b, Event.of("E_FIRST"));
    deliver("virtual:ROUND-ROBIN " + a + " " + b, Event.of("E_SECOND"));
    assertCounted("sent", 4);
    deliver("virtual:FAILOVER tcp:127.0.0.1:" + nobody() + " " + b, Event.of("E_OTHER"));
    assertCounted("sent", 5);
    assertEquals("E_ALL\nE_FIRST\n", Files.readString(folder.resolve("a")));
    assertEquals("E_ALL\nE_SECOND\nE_OTHER\n", Files.readString(folder.resolve("b")));
    assertEquals(0, count("failed"));
  }

  @Test
  void whatIsTooLongForADatagramHoldsUpNothingBehindIt() throws Exception {
    try (var socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      socket.setSoTimeout(20_000);
      var name = "udp:127.0.0.1:" + socket.getLocalPort();
      deliver(name, Event.of("E_LONG").with("extra", "x".repeat(1 << 16)));
      deliver(name, Event.of("E_SHORT"));
      var packet = new DatagramPacket(new byte[100], 100);
      socket.receive(packet);
      assertCounted("failed", 1);
      assertCounted("sent", 1);
      assertEquals(0, count("retried"));
    }
  }

  @Test
  void aLinkOutOfTheFolderIsNotFollowed(@TempDir Path folder, @TempDir Path outside)
      throws Exception {
    Files.createSymbolicLink(folder.resolve("link"), outside);
    try (var inFolder = senders(folder.toString())) {
      deliver(inFolder, "flatstore:" + folder.resolve("link/events.csv"), Event.of("E_OUT"));
      deliver(inFolder, "flatstore:" + folder.resolve("events.csv"), Event.of("E_IN"));
      assertCounted("failed", 1);
      assertCounted("sent", 1);
    }
    assertFalse(Files.exists(outside.resolve("events.csv")));
  }

  /// It accepts and reads nothing: what waits for it ends with its subscription.
  @Test
  void whatWaitsForASubscriberThatEndedIsGivenUp() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var socket = "tcp:127.0.0.1:" + server.getLocalPort();
      var large = Event.of("E_LARGE").with("extra", "x".repeat(8 << 20));
      senders.subscribed(Set.of(SubscriberSocket.parse(socket).orElseThrow()));
      deliver(socket, large);
      deliver(socket, large);
      deliver(socket, large);
      senders.subscribed(Set.of());
      NodeApi.eventually(
          () -> {
            assertEquals(3, count("sent") + count("failed") + count("dropped"));
            return null;
          });
      assertEquals(Map.of(), senders.deliveries());
    }
  }

  /// It accepts and reads nothing, so that its connection fills, and then its queue.
  @Test
  void aSubscriberThatDoesNotReadLosesEventsAndSlowsNobody() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var large = Event.of("E_LARGE").with("extra", "x".repeat(1 << 20));
      for (int i = 0; i < 100; i++) {
        deliver("tcp:127.0.0.1:" + server.getLocalPort(), large);
      }
      assertTrue(count("dropped") > 0, "dropped");
      NodeApi.eventually(
          () -> {
            assertTrue(count("failed") > 0, "failed");
            return null;
          });
    }
  }

  @Test
  void aConnectionThatWasClosedIsOpenedAnew() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(20_000);
      var socket = "tcp:127.0.0.1:" + server.getLocalPort();
      deliver(socket, Event.of("E_ONE"));
      try (var connection = server.accept()) {
        connection.getInputStream().readNBytes(10);
      }
      NodeApi.eventually(
          () -> {
            deliver(socket, Event.of("E_TWO"));
            server.setSoTimeout(300);
            try (var again = server.accept()) {
              assertTrue(again.getInputStream().read() >= 0);
            }
            return null;
          });
    }
  }

  /// The JDK cannot read such a socket.
  @Test
  @RequiresTool(value = "python3", debian = "python3")
  void aDatagramReachesAUnixSocket(@TempDir Path folder) throws Exception {
    var path = folder.resolve("events.sock");
    var script =
        """
        import socket, sys
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.bind(sys.argv[1])
        s.settimeout(20)
        print(s.recv(65535).decode())
        """;
    var python = new ProcessBuilder("python3", "-c", script, path.toString()).start();
    try {
      NodeApi.eventually(
          () -> {
            assertTrue(Files.exists(path));
            return null;
          });
      deliver("unix:" + path, Event.of("E_UNIX").with("k", "v"));
      assertTrue(python.waitFor(20, TimeUnit.SECONDS));
      assertEquals(
          "{\"jsonrpc\":\"2.0\",\"method\":\"E_UNIX\",\"params\":{\"k\":\"v\"}}",
          new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    } finally {
      python.destroy();
    }
    assertCounted("sent", 1);
    deliver("unix:" + folder.resolve("nobody"), Event.of("E_UNIX"));
    assertCounted("failed", 1);
  }
}
