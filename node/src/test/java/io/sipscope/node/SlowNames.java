package io.sipscope.node;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.opentest4j.TestAbortedException;

/// A name server that takes its time: every name is at 127.0.0.1. Who is to ask it has a
/// `resolv.conf` of its own, in a mount namespace of its own.
final class SlowNames implements AutoCloseable {
  private static final String ADDRESS = "127.77.0.1";
  private static final int PORT = 53;
  private static final int HEADER = 12;
  private static final int TYPE_A = 1;

  private final DatagramSocket socket;
  private final long delayMillis;

  private SlowNames(DatagramSocket socket, long delayMillis) {
    this.socket = socket;
    this.delayMillis = delayMillis;
    Thread.ofPlatform().daemon().start(this::listen);
  }

  static SlowNames start(long delayMillis) throws IOException {
    try {
      var address = new InetSocketAddress(InetAddress.getByName(ADDRESS), PORT);
      return new SlowNames(new DatagramSocket(address), delayMillis);
    } catch (SocketException e) {
      throw new TestAbortedException("port 53 cannot be bound: " + e.getMessage(), e);
    }
  }

  /// What to start a process by that is to ask this server.
  List<String> resolving(Path folder) throws IOException {
    var file = folder.resolve("resolv.conf");
    Files.writeString(file, "nameserver " + ADDRESS + "\noptions timeout:5 attempts:2\n");
    return List.of(
        "unshare",
        "--mount",
        "sh",
        "-c",
        "mount --bind \"$0\" \"$(readlink -f /etc/resolv.conf)\" && exec \"$@\"",
        file.toString());
  }

  private void listen() {
    try {
      while (true) {
        var packet = new DatagramPacket(new byte[512], 512);
        socket.receive(packet);
        Thread.ofVirtual().start(() -> answer(packet));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void answer(DatagramPacket question) {
    LockSupport.parkNanos(delayMillis * 1_000_000L);
    var bytes = Arrays.copyOf(question.getData(), question.getLength());
    int end = HEADER;
    while (bytes[end] != 0) {
      end += bytes[end] + 1;
    }
    end += 5; // the root, the type, the class
    boolean isA = ByteBuffer.wrap(bytes).getShort(end - 4) == TYPE_A;
    var answer = ByteBuffer.allocate(512);
    answer.put(bytes, 0, 2).putShort((short) 0x8180);
    answer.putShort((short) 1).putShort((short) (isA ? 1 : 0)).putShort((short) 0);
    answer.putShort((short) 0).put(bytes, HEADER, end - HEADER);
    if (isA) {
      answer.putShort((short) 0xC00C).putShort((short) TYPE_A).putShort((short) 1);
      answer.putInt(60).putShort((short) 4).put(new byte[] {127, 0, 0, 1});
    }
    try {
      socket.send(
          new DatagramPacket(answer.array(), answer.position(), question.getSocketAddress()));
    } catch (IOException e) {
      // closed meanwhile
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
