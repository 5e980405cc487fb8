package io.sipscope.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DetourTest {
  private static final int SHORT_MILLIS = 200;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private ServerSocket server;
  private Detour detour;
  private Socket client;
  private Socket served;

  @BeforeEach
  void aClientThatReachesAServerByADetour() throws IOException {
    server = new ServerSocket(0, 0, LOOPBACK);
    detour = Detour.start(0, server.getLocalPort());
    client = new Socket(LOOPBACK, detour.port());
    served = server.accept();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    served.close();
    detour.close();
    server.close();
  }

  @Test
  void whatTheClientSaysComesLaterByTheDelay() throws IOException {
    detour.delay(Duration.ofMillis(SHORT_MILLIS));
    long start = System.nanoTime();
    client.getOutputStream().write(1);
    assertEquals(1, served.getInputStream().read());
    assertTrue(Watch.millisSince(start) >= SHORT_MILLIS);
  }

  @Test
  void aCutIsToldToNobodyAndWhatWasSaidMeanwhileComesAfterIt() throws IOException {
    detour.cut();
    client.getOutputStream().write(1);
    client.setSoTimeout(SHORT_MILLIS);
    served.setSoTimeout(SHORT_MILLIS);
    assertThrows(SocketTimeoutException.class, () -> served.getInputStream().read());
    assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
    detour.goOn();
    served.setSoTimeout(0);
    assertEquals(1, served.getInputStream().read());
  }

  @Test
  void aClientThatHangsUpDuringACutIsHeardOfAfterIt() throws IOException {
    detour.cut();
    client.close();
    served.setSoTimeout(SHORT_MILLIS);
    assertThrows(SocketTimeoutException.class, () -> served.getInputStream().read());
    detour.goOn();
    served.setSoTimeout(0);
    assertEquals(-1, served.getInputStream().read());
  }

  private void comeAndRead() throws IOException {
    try (var next = new Socket(LOOPBACK, detour.port())) {
      next.getInputStream().read();
    }
  }

  @Test
  void aResetBreaksBothSidesAndWhoComesUntilItGoesOn() throws IOException {
    detour.reset();
    assertThrows(SocketException.class, () -> client.getInputStream().read());
    assertThrows(SocketException.class, () -> served.getInputStream().read());
    assertThrows(SocketException.class, this::comeAndRead);
    detour.goOn();
    try (var next = new Socket(LOOPBACK, detour.port());
        var accepted = server.accept()) {
      next.getOutputStream().write(1);
      assertEquals(1, accepted.getInputStream().read());
    }
  }
}
