package io.sipscope.node.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.NodeApi;
import io.sipscope.node.Resolver;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.SubscriberSocket;
import io.sipscope.persistence.events.Subscription;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.testing.RequiresTool;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventSendersTest {
  private static final int QUEUE = 10;

  private final Counters counters = new Counters();
  private final EventSenders senders =
      new EventSenders(
          new EventSettings(List.of(), QUEUE, Duration.ofSeconds(2)), counters, Resolver.UNCOUNTED);

  @AfterEach
  void close() {
    senders.close();
  }

  private void deliver(String socket, Event event) {
    senders.deliver(
        new Subscription(
            event.name(),
            SubscriberSocket.parse(socket).orElseThrow(),
            0,
            60,
            Subscription.Era.JSON,
            ""),
        event);
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
    assertCounted("sent", 1);
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
            assertTrue(count("sent") + count("dropped") + QUEUE >= 99);
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
