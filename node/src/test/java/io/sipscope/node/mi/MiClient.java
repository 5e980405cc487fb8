package io.sipscope.node.mi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sipscope.node.TestNode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Asks a node as OpenSIPS's clients do, byte for byte: over HTTP, by datagram, by FIFO.
final class MiClient {
  /// What is not answered within it is not answered.
  private static final int SILENCE_MILLIS = 700;

  private final TestNode node;
  private final Path folder;

  /// @param folder where the node's FIFO `mi` is, and its reply directory
  MiClient(TestNode node, Path folder) {
    this.node = node;
    this.folder = folder;
  }

  static String settings(Path folder) {
    return """
    sipscope.store = memory
    sipscope.data-dir = "%1$s"
    sipscope.mi.fifo.path = "%1$s/mi"
    sipscope.mi.fifo.reply-dir = "%1$s"
    sipscope.mi.datagram.port = 0
    """
        .formatted(folder);
  }

  /// @param request a whole request, with whatever Host
  String http(byte[] request) throws IOException {
    try (var socket =
        new Socket(InetAddress.getLoopbackAddress(), node.node().httpAddress().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request);
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  /// Empty when there is no answer.
  String datagram(byte[] request) throws IOException {
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(SILENCE_MILLIS);
      socket.send(
          new DatagramPacket(
              request,
              request.length,
              InetAddress.getLoopbackAddress(),
              node.node().miDatagramAddress().orElseThrow().getPort()));
      var answer = new DatagramPacket(new byte[65_536], 65_536);
      socket.receive(answer);
      return new String(answer.getData(), 0, answer.getLength(), UTF_8);
    } catch (SocketTimeoutException _) {
      return "";
    }
  }

  /// Writes a request in which `REPLY` stands for the name of a FIFO made for the answer, and reads
  /// that until its end; empty when nobody writes to it.
  String fifo(String request) throws IOException, InterruptedException {
    var name = "reply_" + UUID.randomUUID();
    var reply = folder.resolve(name);
    new ProcessBuilder("mkfifo", reply.toString()).start().waitFor();
    var reading = new ProcessBuilder("cat", reply.toString()).start();
    try {
      write(request.replace("REPLY", name));
      boolean answered = reading.waitFor(SILENCE_MILLIS * 3L, TimeUnit.MILLISECONDS);
      return answered ? new String(reading.getInputStream().readAllBytes(), UTF_8) : "";
    } finally {
      reading.destroyForcibly();
      Files.delete(reply);
    }
  }

  void write(String request) throws IOException {
    Files.write(folder.resolve("mi"), request.getBytes(UTF_8), StandardOpenOption.WRITE);
  }
}
