package io.sipscope.node.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// `opensips-cli trace caller=... callee=... ip=...`: it listens, names itself as a destination of
/// HEP 3 by TCP, is dialled, and prints what comes until it stops the trace.
final class CliTrace implements AutoCloseable {
  /// @param endpoints `10.0.0.1:5060 -> 10.0.0.2:5060`
  record Printed(String transport, String endpoints, String text) {}

  private static final byte[] MAGIC = "HEP3".getBytes(StandardCharsets.US_ASCII);
  private static final int PATIENCE_MILLIS = 15_000;

  private final PythonOpensips mi;
  private final ServerSocket server;
  private final String id;
  private final Socket connection;
  private final DataInputStream in;

  CliTrace(PythonOpensips mi, String... filters) throws Exception {
    this.mi = mi;
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    server.setSoTimeout(PATIENCE_MILLIS);
    id = "opensips-cli." + ThreadLocalRandom.current().nextInt(65_537);
    var params = new LinkedHashMap<String, Object>();
    params.put("id", id);
    params.put("uri", "hep:127.0.0.1:" + server.getLocalPort() + ";transport=tcp;version=3");
    if (filters.length > 0) {
      params.put("filter", List.of(filters));
    }
    assertEquals("OK", mi.execute("trace_start", PythonJson.of(params)).asText());
    connection = server.accept();
    connection.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(connection.getInputStream());
  }

  String id() {
    return id;
  }

  int port() {
    return server.getLocalPort();
  }

  /// The next packet. A frame that is not HEP 3 and a chunk of a vendor end the real one.
  Printed next() throws IOException {
    var magic = new byte[MAGIC.length];
    in.readFully(magic);
    assertTrue(Arrays.equals(MAGIC, magic), () -> "packet not HEPv3: " + Arrays.toString(magic));
    var chunks = new byte[in.readUnsignedShort() - 6];
    in.readFully(chunks);
    return printed(ByteBuffer.wrap(chunks));
  }

  private static Printed printed(ByteBuffer chunks) throws IOException {
    var source = "";
    var destination = "";
    int sourcePort = 0;
    int destinationPort = 0;
    int protocol = -1;
    int type = -1;
    var text = "";
    while (chunks.hasRemaining()) {
      assertEquals(0, chunks.getShort(), "Unknown vendor id");
      int chunk = chunks.getShort();
      var body = new byte[Short.toUnsignedInt(chunks.getShort()) - 6];
      chunks.get(body);
      var value = ByteBuffer.wrap(body);
      switch (chunk) {
        case 1 -> assertEquals(1, body.length);
        case 2 -> protocol = body[0];
        case 3, 5 -> source = InetAddress.getByAddress(body).getHostAddress();
        case 4, 6 -> destination = InetAddress.getByAddress(body).getHostAddress();
        case 7 -> sourcePort = Short.toUnsignedInt(value.getShort());
        case 8 -> destinationPort = Short.toUnsignedInt(value.getShort());
        case 9, 10 -> assertEquals(4, body.length);
        case 11 -> type = body[0];
        case 15 -> text = new String(body, StandardCharsets.UTF_8);
        case 12, 17 -> {} // the capture id and the Call-ID, which it does not print
        default -> throw new AssertionError("unhandled payload type " + chunk);
      }
    }
    assertEquals(1, type, "SIP");
    return new Printed(
        protocol == 17 ? "UDP" : "TCP",
        source + ":" + sourcePort + " -> " + destination + ":" + destinationPort,
        text);
  }

  /// What Ctrl-C does, but for closing the connection.
  void stop() throws Exception {
    assertEquals("OK", mi.execute("trace_stop", PythonJson.of(Map.of("id", id))).asText());
  }

  /// Whether the node has hung up, with nothing more to read.
  boolean isHungUp() throws IOException {
    try {
      return in.read() == -1;
    } catch (SocketException _) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
    server.close();
  }
}
