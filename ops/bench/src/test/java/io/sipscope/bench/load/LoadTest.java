package io.sipscope.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.bench.Call;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.Hep3Framing;
import io.sipscope.protocol.net.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LoadTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  @Test
  void everyMessageArrivesOverTcpAndWhatIsSentIsCounted() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var received = threads.submit(() -> frames(server));
      var target = (InetSocketAddress) server.getLocalSocketAddress();
      var sent =
          new Load(new LoadSettings(target, Transport.TCP, 7_000, SHORT, Duration.ZERO, "run"))
              .send();
      assertEquals(200, sent.calls());
      assertEquals(200L * Call.MESSAGES, sent.messages());
      assertEquals(sent.messages(), received.get());
    }
  }

  @Test
  void itTakesAsLongAsItsCallsDo() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var received = threads.submit(() -> frames(server));
      var target = (InetSocketAddress) server.getLocalSocketAddress();
      var sent = new Load(new LoadSettings(target, Transport.TCP, 70, SHORT, SHORT, "run")).send();
      assertTrue(sent.seconds() > 2.2, "a call rings for two seconds: " + sent.seconds());
      assertEquals(sent.messages(), received.get());
    }
  }

  private static long frames(ServerSocket server) throws IOException {
    var framing = new Hep3Framing();
    long frames = 0;
    try (var socket = server.accept()) {
      var in = socket.getInputStream();
      var buffer = new byte[1 << 16];
      for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
        framing.push(Bytes.of(java.util.Arrays.copyOf(buffer, length)));
        while (framing.next() instanceof Hep3Framing.Frame) {
          frames++;
        }
      }
    }
    return frames;
  }
}
