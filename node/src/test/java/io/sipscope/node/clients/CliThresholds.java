package io.sipscope.node.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;

/// The collector of `opensips-cli diagnose`: it listens, subscribes to E_CORE_THRESHOLD for ten
/// seconds and expects to be dialled; events come back to back.
final class CliThresholds implements AutoCloseable {
  private final PythonOpensips mi;
  private final ServerSocket server;
  private final ArrayDeque<JsonNode> events = new ArrayDeque<>();
  private final JsonStream stream = new JsonStream();
  private Socket connection;

  CliThresholds(PythonOpensips mi) throws Exception {
    this.mi = mi;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setSoTimeout(10_000);
    subscribe(10);
  }

  JsonNode next() throws Exception {
    if (connection == null) {
      connection = server.accept();
      connection.setSoTimeout(10_000);
    }
    while (events.isEmpty()) {
      var bytes = new byte[1024];
      int read = connection.getInputStream().read(bytes);
      events.addAll(stream.push(new String(bytes, 0, read, StandardCharsets.UTF_8)));
    }
    return events.pop();
  }

  private void subscribe(int seconds) throws Exception {
    var params = new LinkedHashMap<String, Object>();
    params.put("event", "E_CORE_THRESHOLD");
    params.put("socket", "tcp:127.0.0.1:" + server.getLocalPort());
    params.put("expire", seconds);
    assertEquals("OK", mi.execute("event_subscribe", PythonJson.of(params)).asText());
  }

  void unsubscribe() throws Exception {
    subscribe(0);
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.close();
    }
    server.close();
  }
}
