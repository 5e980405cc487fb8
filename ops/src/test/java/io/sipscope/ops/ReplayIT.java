package io.sipscope.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.HepDecoder;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `replay` from a node to another, to a collector, and to a SIP server.
class ReplayIT {
  /// 2026-01-01T00:00:00.000005Z.
  private static final long T0 = 1_767_225_600_000_005_000L;

  private static final long MILLI = 1_000_000L;
  private static final int LARGE = 70_000;
  private static final Endpoint A = Endpoint.parse("192.0.2.10:5060").orElseThrow();
  private static final Endpoint B = Endpoint.parse("[2001:db8::20]:5062").orElseThrow();

  /// Two calls that overlap, and a message too large for a datagram, an hour later.
  private static final List<Hep.Packet> STORED =
      List.of(
          packet(0, A, B, request("INVITE", "slow", "alice", 1)),
          packet(100 * MILLI, A, B, request("INVITE", "fast/+%=é", "alice", 1)),
          packet(100 * MILLI, B, A, busy("fast/+%=é", "alice")),
          packet(300 * MILLI, A, B, request("INVITE", "slow", "alice", 1)),
          packet(400 * MILLI, B, A, busy("slow", "alice")),
          packet(3_600_000 * MILLI, A, B, large("large")));

  private static RunningNode node;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void aNodeWithDialogs() throws Exception {
    node = RunningNode.start();
    // Not in their order: it is the time of the packet that counts.
    node.store(
        List.of(
            STORED.get(5),
            STORED.get(1),
            STORED.get(2),
            STORED.get(0),
            STORED.get(3),
            STORED.get(4)));
  }

  @AfterAll
  static void itStops() {
    node.close();
  }

  /// It blocks, and the common pool of two cores is one thread.
  private static void onItsOwnThread(Runnable task) {
    Thread.ofPlatform().daemon().start(task);
  }

  @Test
  void aCallIdIsSentAsSipByteForByteInItsTiming() throws Exception {
    try (var server = new Server()) {
      var receiving = server.receiving(3);
      assertEquals(0, run("slow", "--to", "sip:127.0.0.1:" + server.port(), "--speed", "4"));
      var got = receiving.join();
      for (int i = 0; i < 3; i++) {
        var stored = STORED.get(new int[] {0, 3, 4}[i]).payload();
        assertEquals(stored, got.get(i).bytes());
      }
      // 400 ms after the first, four times as fast; who looks on may be late.
      long last = got.get(2).nanos() - got.get(0).nanos();
      assertTrue(last > 75 * MILLI && last < 390 * MILLI, () -> last + " ns");
    }
    assertEquals(
        "3 messages of 1 dialog sent to sip:127.0.0.1:P in S s: N bytes, 0 failed", said(out));
    assertEquals("3 messages of 1 dialog captured in 0:00:00.4; sending takes 0:00:00.1\n", err());
  }

  @Test
  void dialogsAreSentInTheOrderOfTheirPacketsWithAllThatWasCaptured() throws Exception {
    try (var collector = new Server()) {
      var to = "hep:127.0.0.1:" + collector.port();
      assertEquals(0, run("user=alice&status=4xx", "--to", to));
      var got = collector.received(5);
      for (int i = 0; i < 5; i++) {
        var packet = HepDecoder.decode(got.get(i).bytes());
        assertEquals(STORED.get(i), packet, "message " + i);
      }
    }
    assertEquals(
        "5 messages of 2 dialogs sent to hep:127.0.0.1:P in S s: N bytes, 0 failed", said(out));
  }

  @Test
  void anOddCallIdIsFoundAsItIs() throws Exception {
    try (var server = new Server()) {
      var to = "sip:[::1]:" + server.port();
      assertEquals(0, run("fast/+%=é", "--to", to), this::err);
      assertEquals(STORED.get(1).payload(), server.received(2).get(0).bytes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hep-tcp:127.0.0.1:%d", "hep:127.0.0.1:%d;transport=tcp"})
  void anotherNodeKnowsTheSameAfterwards(String target) throws Exception {
    try (var other = RunningNode.start()) {
      var to = target.formatted(other.tcpPort());
      assertEquals(0, run("start=2025-12-31T00:00:00Z", "--to", to, "--speed", "max"), this::err);
      other.awaitMessages(STORED.size());
      for (var callId : List.of("slow", "fast/+%=é", "large")) {
        assertSame(node, other, callId);
      }
    }
  }

  @Test
  void theSampleIsTheSameOnAnotherNodeOverUdp() throws Exception {
    try (var first = RunningNode.start();
        var second = RunningNode.start()) {
      var sample = Corpus.repository().resolve("ops/sample/calls.pcap").toString();
      assertEquals(0, Sipscope.commandLine().execute("import", "--url", first.url(), sample));
      int messages = first.json("/api/messages?limit=1000").get("messages").size();
      var to = "hep:127.0.0.1:" + second.udpPort();
      assertEquals(
          0,
          runAt(first, "replay", "start=2000-01-01T00:00:00Z", "--to", to, "--speed", "max"),
          this::err);
      second.awaitMessages(messages);
      var dialogs = first.json("/api/dialogs").get("dialogs");
      assertTrue(dialogs.size() > 3);
      for (var dialog : dialogs) {
        assertSame(first, second, dialog.get("callId").asText());
      }
    }
  }

  @Test
  void whatIsTooLargeForADatagramIsSaidAndTheRestIsSent() throws Exception {
    try (var collector = new Server()) {
      var to = "hep:127.0.0.1:" + collector.port();
      assertEquals(1, run("from=alice", "--to", to, "--speed", "max"));
      assertEquals(5, collector.received(5).size());
    }
    assertEquals(
        "5 of 6 messages of 3 dialogs sent to hep:127.0.0.1:P in S s: N bytes, 1 failed: 1 too"
            + " large for a datagram (send them by hep-tcp: or sip-tcp:)",
        said(out));
  }

  @Test
  void aStreamOfSipIsTheBytesOneAfterTheOther() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var read =
          CompletableFuture.supplyAsync(
              () -> {
                try (var connection = server.accept()) {
                  connection
                      .getOutputStream()
                      .write("SIP/2.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                  return connection.getInputStream().readAllBytes();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              },
              ReplayIT::onItsOwnThread);
      var to = "sip-tcp:127.0.0.1:" + server.getLocalPort();
      assertEquals(0, run("large", "--to", to, "--speed", "max"), this::err);
      assertArrayEquals(STORED.get(5).payload().toArray(), read.join());
    }
  }

  @Test
  void aPortWhereNobodyListensIsSaid() throws Exception {
    int free;
    try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertEquals(1, run("slow", "--to", "sip:127.0.0.1:" + free, "--speed", "max"));
    assertEquals(
        "0 of 3 messages of 1 dialog sent to sip:127.0.0.1:P in S s: N bytes, 3 failed: 3 refused"
            + " (ICMP port unreachable)",
        said(out));
    assertTrue(err().contains("sipscope: sip:127.0.0.1:" + free + ": 1 failed: 1 refused"), err());
    assertEquals(1, run("slow", "--to", "sip-tcp:127.0.0.1:" + free));
    assertTrue(err().contains("nobody listens at sip-tcp:127.0.0.1:" + free), err());
  }

  @Test
  void aConnectionThatIsClosedIsSaid() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var _ =
          CompletableFuture.runAsync(
              () -> {
                try (var connection = server.accept()) {
                  connection.getInputStream().read(); // before it, it would refuse the connection
                  connection.setSoLinger(true, 0); // resets
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              },
              ReplayIT::onItsOwnThread);
      var to = "hep-tcp:127.0.0.1:" + server.getLocalPort();
      assertEquals(1, run("slow", "--to", to));
    }
    assertTrue(said(out).contains("lost with the connection ("), () -> said(out) + err());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          nobody@example.com,  There is no dialog with the Call-ID or key "nobody@example.com"
          from=carol,          no stored dialog is like that
          from=+49,            %2B is a plus
          status=abc,          "status" is "abc"
          from=a&limit=3,      There is no parameter "limit" here
          form=alice,          a filter begins with one of
          """)
  void whatIsNotThereIsSaid(String selection, String sentence) {
    assertEquals(1, run(selection, "--to", "hep:127.0.0.1:9"));
    assertTrue(err().startsWith("sipscope: ") && err().contains(sentence), err());
    assertEquals(1, err().lines().count(), err());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          --to,      127.0.0.1:9060,  hep:HOST:PORT
          --to,      hep:host,        hep:HOST:PORT
          --speed,   0,               a number above 0
          """)
  void whatMakesNoSenseIsNotUnderstood(String option, String value, String wanted) {
    var others = option.equals("--to") ? List.<String>of() : List.of("--to", "hep:127.0.0.1:9060");
    var words = new ArrayList<>(List.of("slow", option, value));
    words.addAll(others);
    assertEquals(2, run(words.toArray(String[]::new)));
    assertTrue(err().contains(wanted), err());
  }

  private static void assertSame(RunningNode one, RunningNode other, String callId)
      throws IOException, InterruptedException {
    var path = "/api/dialogs/" + RemoteNode.encoded(callId);
    for (var what : List.of("", "/messages?raw=true", "/ladder")) {
      assertEquals(lasting(one.json(path + what)), lasting(other.json(path + what)), path + what);
    }
  }

  /// Without when and how each node learned of a message.
  private static JsonNode lasting(JsonNode answer) {
    answer
        .findParents("receivedAt")
        .forEach(message -> ((ObjectNode) message).remove(List.of("receivedAt", "sourceKind")));
    return answer;
  }

  private int run(String... words) {
    var all = new ArrayList<>(List.of("replay"));
    all.addAll(Arrays.asList(words));
    return runAt(node, all.toArray(String[]::new));
  }

  private int runAt(RunningNode at, String... words) {
    var all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--url", at.url()));
    return Sipscope.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private String err() {
    return err.toString();
  }

  /// The line, with what differs from run to run named.
  private static String said(StringWriter out) {
    return out.toString()
        .strip()
        .replaceAll("127.0.0.1:\\d+", "127.0.0.1:P")
        .replaceAll(" in [\\d.]+ s: \\d+ bytes", " in S s: N bytes");
  }

  private record Received(Bytes bytes, long nanos) {}

  /// Takes datagrams on both loopback addresses.
  private static final class Server implements AutoCloseable {
    private final DatagramSocket socket;

    Server() throws IOException {
      socket = new DatagramSocket(0);
      socket.setSoTimeout(30_000);
    }

    int port() {
      return socket.getLocalPort();
    }

    CompletableFuture<List<Received>> receiving(int count) {
      return CompletableFuture.supplyAsync(
          () -> {
            try {
              return received(count);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          },
          ReplayIT::onItsOwnThread);
    }

    List<Received> received(int count) throws IOException {
      var all = new ArrayList<Received>();
      while (all.size() < count) {
        var datagram = new DatagramPacket(new byte[1 << 16], 1 << 16);
        socket.receive(datagram);
        all.add(
            new Received(
                Bytes.of(Arrays.copyOf(datagram.getData(), datagram.getLength())),
                System.nanoTime()));
      }
      return all;
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  private static Hep.Packet packet(long after, Endpoint from, Endpoint to, Bytes sip) {
    return new Hep.Packet(
        3,
        6,
        Transport.TCP,
        from,
        to,
        OptionalLong.of(T0 + after),
        Hep.Packet.SIP,
        new Agent(0xfffffffeL, "edge é"),
        "",
        "leg-1",
        sip,
        List.of());
  }

  private static Bytes request(String method, String callId, String user, int cseq) {
    return Bytes.of(
        """
        %s sip:bob@example.net SIP/2.0
        Via: SIP/2.0/TCP 192.0.2.10;branch=z9hG4bK%4$d
        From: <sip:%3$s@example.com>;tag=a1
        To: <sip:bob@example.net>
        Call-ID: %2$s
        CSeq: %4$d %1$s
        X-Odd:\u0000 \t kept as it is \t
        Content-Length: 0

        """
            .formatted(method, callId, user, cseq)
            .replace("\n", "\r\n"));
  }

  private static Bytes busy(String callId, String user) {
    return Bytes.of(
        """
        SIP/2.0 486 Busy Here
        Via: SIP/2.0/TCP 192.0.2.10;branch=z9hG4bK1
        From: <sip:%2$s@example.com>;tag=a1
        To: <sip:bob@example.net>;tag=b1
        Call-ID: %1$s
        CSeq: 1 INVITE
        Content-Length: 0

        """
            .formatted(callId, user)
            .replace("\n", "\r\n"));
  }

  private static Bytes large(String callId) {
    var head = request("MESSAGE", callId, "alice", 1).utf8().replace(": 0\r\n\r\n", ": " + LARGE);
    return Bytes.of(head + "\r\n\r\n" + "text ".repeat(LARGE / 5));
  }
}
