package io.sipscope.node.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// python-opensips' subscription to one event by datagram: `event_subscribe` with three positional
/// values, the socket's name and seconds among them; 0 seconds end it.
final class PythonEvents implements AutoCloseable {
  private final PythonOpensips mi;
  private final String event;
  private final DatagramSocket socket;
  private final JsonStream stream = new JsonStream();

  PythonEvents(PythonOpensips mi, String event) throws Exception {
    this.mi = mi;
    this.event = event;
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    socket.setSoTimeout(10_000);
    subscribe(3600);
  }

  String socketName() {
    return "udp:127.0.0.1:" + socket.getLocalPort();
  }

  JsonNode next() throws IOException {
    var packet = new DatagramPacket(new byte[65_535], 65_535);
    socket.receive(packet);
    var text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    var events = stream.push(text);
    assertEquals(1, events.size(), "one datagram, one event: " + text);
    return events.getFirst();
  }

  void unsubscribe() throws Exception {
    subscribe(0);
  }

  private void subscribe(int seconds) throws Exception {
    var params = PythonJson.array(event, socketName(), seconds);
    assertEquals("OK", mi.execute("event_subscribe", params).asText());
  }

  @Override
  public void close() {
    socket.close();
  }
}
