package io.sipscope.node.clients;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One HTTP exchange on a connection of its own, with the head a client writes: library clients
/// would add headers of theirs, and leave out what the real ones send.
final class RawHttp {
  private static final int PATIENCE_MILLIS = 30_000;

  /// @param headers by lower-case name
  record Answer(int status, Map<String, String> headers, String body) {}

  private RawHttp() {}

  /// @param head everything up to the empty line, lines ending in CRLF
  static Answer exchange(int port, String head, String body) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      var out = socket.getOutputStream();
      out.write((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(body.getBytes(StandardCharsets.UTF_8));
      return answer(new DataInputStream(socket.getInputStream()));
    }
  }

  private static Answer answer(DataInputStream in) throws IOException {
    var start = line(in);
    assertTrue(start.startsWith("HTTP/1.1 "), start);
    var headers = new TreeMap<String, String>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    var body = new byte[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
    in.readFully(body);
    return new Answer(
        Integer.parseInt(start.substring(9, 12)),
        headers,
        new String(body, StandardCharsets.UTF_8));
  }

  private static String line(DataInputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }
}
