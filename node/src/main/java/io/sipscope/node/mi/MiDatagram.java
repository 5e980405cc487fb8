package io.sipscope.node.mi;

import io.sipscope.http.mi.MiJsonRpc;
import io.sipscope.http.mi.MiRegistry;
import io.sipscope.http.mi.legacy.TextCalls;
import io.sipscope.http.mi.legacy.TextRequest;
import io.sipscope.node.BadSetting;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Management commands by UDP: JSON-RPC as OpenSIPS 3.x, or the text of 2.x, told apart by the
/// first character. One datagram is one command, and one answers it.
public final class MiDatagram implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MiDatagram.class);

  private static final int MAX_REQUEST_BYTES = 65_535;

  /// What one datagram over IPv4 can hold (RFC 791, RFC 768).
  private static final int MAX_ANSWER_BYTES = 65_507;

  /// Commands at once; what comes then is dropped, as UDP may.
  private static final int MAX_COMMANDS = 64;

  private static final long PAUSE_AFTER_FAILURE_NANOS = 10_000_000;

  /// How answers begin. Whoever sends one gets none: two sockets would answer each other for ever.
  private static final Pattern ANSWER =
      Pattern.compile("(?s)([2-5]00 |\\{\"jsonrpc\":\"2.0\",\"(result|error)\":).*");

  private final DatagramSocket socket;
  private final MiJsonRpc rpc;
  private final TextCalls texts;
  private final Semaphore free = new Semaphore(MAX_COMMANDS);

  private MiDatagram(DatagramSocket socket, MiRegistry registry) {
    this.socket = socket;
    this.rpc = new MiJsonRpc(registry);
    this.texts = new TextCalls(registry, _ -> "500 command not available\n");
  }

  /// @throws BadSetting when the address cannot be bound
  public static MiDatagram open(InetSocketAddress address, MiRegistry registry) {
    try {
      var datagrams = new MiDatagram(new DatagramSocket(address), registry);
      Thread.ofVirtual().name("mi-datagram").start(datagrams::readUntilClosed);
      return datagrams;
    } catch (SocketException e) {
      throw new BadSetting(
          "sipscope.mi.datagram.port",
          address.getPort(),
          "free on " + address.getHostString() + " (" + e.getMessage() + ")");
    }
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
  }

  private void readUntilClosed() {
    var buffer = new byte[MAX_REQUEST_BYTES];
    while (!socket.isClosed()) {
      try {
        var datagram = new DatagramPacket(buffer, buffer.length);
        socket.receive(datagram);
        take(Arrays.copyOf(buffer, datagram.getLength()), datagram.getSocketAddress());
      } catch (IOException e) {
        LOG.debug("reading a command from a datagram failed", e);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
      }
    }
  }

  private void take(byte[] request, SocketAddress sender) {
    if (sender.equals(address()) || !free.tryAcquire()) {
      return;
    }
    answer(request)
        .whenComplete(
            (answer, failure) -> {
              free.release();
              if (failure != null) {
                LOG.warn("a management command failed", failure);
              } else {
                send(answer, sender);
              }
            });
  }

  /// An empty answer is none.
  CompletionStage<String> answer(byte[] request) {
    var text = new String(request, StandardCharsets.UTF_8);
    if (ANSWER.matcher(text).matches()) {
      return CompletableFuture.completedStage("");
    }
    return TextRequest.read(text)
        .map(texts::answer)
        .orElseGet(() -> rpc.answer(request).thenApply(MiDatagram::text));
  }

  private static String text(MiJsonRpc.Answer answer) {
    return switch (answer) {
      case MiJsonRpc.Answer.Reply(var json) -> json;
      case MiJsonRpc.Answer.Silence _ -> "";
      case MiJsonRpc.Answer.Unreadable _ -> "400 Parse_error";
      case MiJsonRpc.Answer.Unanswerable _ -> "500 Internal server error\n";
    };
  }

  private void send(String answer, SocketAddress receiver) {
    var bytes = answer.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      return;
    }
    if (bytes.length > MAX_ANSWER_BYTES) {
      bytes = "500 answer too long for a datagram\n".getBytes(StandardCharsets.UTF_8);
    }
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, receiver));
    } catch (IOException e) {
      LOG.debug("answering a command by a datagram failed", e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
