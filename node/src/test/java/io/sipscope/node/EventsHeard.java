package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A subscriber to events, as python-opensips is one: by datagrams, until it is closed.
public final class EventsHeard implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 60;

  private final DatagramSocket socket;
  private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();

  private EventsHeard(DatagramSocket socket) {
    this.socket = socket;
    Thread.ofVirtual().start(this::listen);
  }

  public static EventsHeard of(NodeApi node, String... names) throws Exception {
    var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    var mi = new Mi(node);
    for (var name : names) {
      var subscription = "[\"" + name + "\", \"" + name(socket) + "\", 600]";
      assertEquals("\"OK\"", mi.result("event_subscribe", subscription));
    }
    return new EventsHeard(socket);
  }

  private static String name(DatagramSocket socket) {
    return "udp:127.0.0.1:" + socket.getLocalPort();
  }

  /// As it subscribes.
  String socket() {
    return name(socket);
  }

  private void listen() {
    var packet = new DatagramPacket(new byte[65_535], 65_535);
    try {
      while (true) {
        socket.receive(packet);
        heard.add(
            JSON.readTree(
                new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      // closed
    }
  }

  /// The parameters of the next event.
  public JsonNode next() throws InterruptedException {
    return next(_ -> true);
  }

  /// The parameters of the next event that they fit; those before are passed over.
  public JsonNode next(Predicate<JsonNode> wanted) throws InterruptedException {
    while (true) {
      var event = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertNotNull(event, "no such event");
      if (wanted.test(event.path("params"))) {
        return event.path("params");
      }
    }
  }

  /// What has come and was not asked for yet.
  public List<JsonNode> rest() {
    return heard.stream().map(event -> event.path("params")).toList();
  }

  @Override
  public void close() {
    socket.close();
  }
}
