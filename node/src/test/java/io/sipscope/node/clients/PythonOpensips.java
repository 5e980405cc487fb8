package io.sipscope.node.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// What python-opensips, and so opensips-cli, puts on the wire for one command, and what it makes
/// of the answer: an id of digits as a string, `"params": {}` where there are none.
sealed interface PythonOpensips {
  /// What the real one raises as OpenSIPSMIException.
  final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    final int code;
    final String reason;
    final String data;

    Refused(JsonNode error) {
      super(error.toString());
      code = error.path("code").asInt(500);
      reason = error.path("message").asText();
      data = error.path("data").asText();
    }
  }

  /// Sends the bytes of one request; the whole answer.
  String exchange(String request) throws IOException, InterruptedException;

  /// The probe it makes before the first command; it must do no harm.
  void valid() throws IOException;

  /// @param params an object or an array
  default JsonNode execute(String method, JsonNode params)
      throws Refused, IOException, InterruptedException {
    var request = PythonJson.MAPPER.createObjectNode();
    var id = String.valueOf(ThreadLocalRandom.current().nextInt(32_768));
    request.put("jsonrpc", "2.0").put("id", id).put("method", method);
    request.set("params", params.isEmpty() ? PythonJson.MAPPER.createObjectNode() : params);
    var reply = PythonJson.loads(exchange(PythonJson.dumps(request)));
    assertEquals("2.0", reply.path("jsonrpc").asText());
    assertEquals(PythonJson.of(id), reply.get("id"), "the id comes back as the string it was");
    if (reply.path("error").isObject()) {
      throw new Refused(reply.get("error"));
    }
    assertTrue(reply.has("result"), reply::toString);
    return reply.get("result");
  }

  default JsonNode execute(String method) throws Refused, IOException, InterruptedException {
    return execute(method, PythonJson.MAPPER.createObjectNode());
  }

  /// By urllib: head and body in two writes, a connection for each request, nothing but 2xx taken.
  record Http(int port) implements PythonOpensips {
    private static final String HEAD =
        """
        POST /mi HTTP/1.1
        Accept-Encoding: identity
        Content-Length: %d
        Host: 127.0.0.1:%d
        User-Agent: Python-urllib/3.11
        Content-Type: application/json
        Connection: close
        """
            .replace("\n", "\r\n");

    @Override
    public String exchange(String request) throws IOException {
      var answer = RawHttp.exchange(port, HEAD.formatted(request.length(), port), request);
      if (answer.status() / 100 != 2) {
        throw new IOException("HTTP Error " + answer.status() + ": " + answer.body());
      }
      return answer.body();
    }

    @Override
    public void valid() throws IOException {
      new Socket(InetAddress.getLoopbackAddress(), port).close();
    }
  }

  /// By FIFO: `:name:json` in one write, then one line is read from a FIFO of that name.
  record Fifo(Path fifo, Path replyFolder) implements PythonOpensips {
    @Override
    public String exchange(String request) throws IOException, InterruptedException {
      valid();
      var time =
          "%d_%07d".formatted(System.currentTimeMillis() / 1000, System.nanoTime() % 10_000_000);
      var name = "opensips_fifo_reply_%d_%s".formatted(ProcessHandle.current().pid(), time);
      var reply = replyFolder.resolve(name);
      assertEquals(0, new ProcessBuilder("mkfifo", reply.toString()).start().waitFor());
      try {
        Files.setPosixFilePermissions(reply, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.writeString(fifo, ":" + name + ":" + request, StandardOpenOption.WRITE);
        return line(reply);
      } finally {
        Files.delete(reply);
      }
    }

    @Override
    public void valid() throws IOException {
      Files.newOutputStream(fifo, StandardOpenOption.WRITE).close();
    }

    /// A process reads it, as a thread in open(2) could not be called back.
    private static String line(Path reply) throws IOException, InterruptedException {
      var reader = new ProcessBuilder("cat", reply.toString()).start();
      try {
        assertTrue(reader.waitFor(20, TimeUnit.SECONDS), "no answer, or no end of it");
        var text = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, text.lines().count(), "it reads one line: " + text);
        return text;
      } finally {
        reader.destroy();
      }
    }
  }

  /// By UDP: one datagram each way, of which it takes 32,768 bytes.
  record Datagram(int port) implements PythonOpensips {
    @Override
    public String exchange(String request) throws IOException {
      try (var socket = new DatagramSocket()) {
        var bytes = request.getBytes(StandardCharsets.UTF_8);
        var address = InetAddress.getLoopbackAddress();
        socket.send(new DatagramPacket(bytes, bytes.length, address, port));
        socket.setSoTimeout(5_000);
        var answer = new DatagramPacket(new byte[32_768], 32_768);
        socket.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
      }
    }

    @Override
    public void valid() {
      // It has nothing to try.
    }
  }
}
