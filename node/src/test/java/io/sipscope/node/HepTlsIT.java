package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.ingest.Certificates;
import io.sipscope.node.ingest.Messages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HEP over TLS, from a client's socket to the API.
class HepTlsIT {
  private static final long TIME = 1_700_000_000_000_000_000L;
  private static final String SETTINGS =
      """
      sipscope.data-dir = "%1$s/data"
      sipscope.hep.tls {
        certificate = "%1$s/certificate.pem"
        key = "%1$s/key.pem"
        reload = 100ms
        handshake-timeout = 5s
      }
      """;

  @TempDir private static Path folder;
  private static Certificates first;
  private static TestNode node;

  @BeforeAll
  static void start() throws Exception {
    first = Certificates.make(folder, "EC");
    write(first);
    node = TestNode.start(SETTINGS.formatted(folder));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static void write(Certificates certificates) throws Exception {
    certificates.writeCertificate(folder.resolve("certificate.pem"));
    certificates.writeKey(folder.resolve("key.pem"));
  }

  private static SSLSocket connect(TestNode node, SSLContext client) throws IOException {
    return (SSLSocket)
        client
            .getSocketFactory()
            .createSocket(
                InetAddress.getLoopbackAddress(),
                node.node().hepTlsAddress().orElseThrow().getPort());
  }

  private static Socket plain() throws IOException {
    return new Socket(
        InetAddress.getLoopbackAddress(), node.node().hepTlsAddress().orElseThrow().getPort());
  }

  private static long ingest(TestNode node, String name) throws Exception {
    return node.ingestMetrics().getOrDefault(name, 0L);
  }

  private static void awaitMessages(TestNode node, String callId, int count) {
    NodeApi.eventually(
        () -> {
          assertEquals(count, node.messages(callId).size());
          return null;
        });
  }

  @Test
  void aThousandMessagesArriveCompleteAndInOrder() throws Exception {
    try (var socket = connect(node, Certificates.clientOf(first))) {
      var out = socket.getOutputStream();
      for (int i = 1; i <= 1_000; i++) {
        out.write(Messages.hep3(Messages.options("by-tls", i), TIME + i * 1_000_000L));
      }
    }
    awaitMessages(node, "by-tls", 1_000);
    var cseqs =
        StreamSupport.stream(node.messages("by-tls").spliterator(), false)
            .mapToInt(message -> message.path("cseq").asInt())
            .toArray();
    for (int i = 0; i < 1_000; i++) {
      assertEquals(i + 1, cseqs[i]);
    }
    var agents = node.json("/api/agents").path("agents");
    assertEquals("tls", agents.get(0).path("transport").asText(), agents::toString);
  }

  /// TLS stops taking what we say before it has given all that it read.
  @Test
  void whatWasSentRightBeforeTheConnectionWasClosedArrives() throws Exception {
    long before = ingest(node, "received");
    for (int connection = 0; connection < 20; connection++) {
      try (var socket = connect(node, Certificates.clientOf(first))) {
        for (int i = 1; i <= 1_000; i++) {
          var message = Messages.options("closed-" + connection, i);
          socket.getOutputStream().write(Messages.hep3(message, TIME + i * 1_000_000L));
        }
      }
    }
    NodeApi.eventually(
        () -> {
          assertEquals(before + 20_000, ingest(node, "received"));
          return null;
        });
  }

  @Test
  void whoDoesNotSpeakTlsIsCountedAndKeepsNobodyOut() throws Exception {
    long before = ingest(node, "tls_handshakes_failed");
    try (var socket = plain()) {
      socket.getOutputStream().write(Messages.hep3(Messages.options("in-the-clear"), TIME));
      assertTrue(isClosedByTheNode(socket));
    }
    try (var silent = plain()) {
      assertTrue(isClosedByTheNode(silent), "it said nothing in time");
    }
    plain().close();
    NodeApi.eventually(
        () -> {
          assertTrue(ingest(node, "tls_handshakes_failed") >= before + 3);
          assertEquals(0, ingest(node, "tls_connections"));
          return null;
        });
    assertEquals(404, node.get("/api/dialogs/in-the-clear").statusCode());
  }

  /// Waits for the other side; it may say something first, such as an alert.
  private static boolean isClosedByTheNode(Socket socket) throws IOException {
    socket.setSoTimeout(20_000);
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  /// With TLS 1.3 a client may have written before it hears that it was refused.
  private static boolean isTurnedAway(Socket socket) {
    try {
      socket.getOutputStream().write(Messages.hep3(Messages.options("without-one"), TIME));
      return isClosedByTheNode(socket);
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void aRenewedCertificateIsUsedWithoutARestart() throws Exception {
    try (var before = connect(node, Certificates.clientOf(first))) {
      before.getOutputStream().write(Messages.hep3(Messages.options("renewed", 1), TIME));
      var second = Certificates.make(folder, "RSA");
      second.writeCertificate(folder.resolve("certificate.pem"));
      try (var meanwhile = connect(node, Certificates.clientOf(first))) {
        meanwhile.getOutputStream().write(Messages.hep3(Messages.options("renewed", 2), TIME));
      }
      second.writeKey(folder.resolve("key.pem"));
      NodeApi.eventually(
          () -> {
            try (var after = connect(node, Certificates.clientOf(second))) {
              after.getOutputStream().write(Messages.hep3(Messages.options("renewed", 3), TIME));
            }
            return null;
          });
      before.getOutputStream().write(Messages.hep3(Messages.options("renewed", 4), TIME));
    }
    awaitMessages(node, "renewed", 4);
    assertEquals(1, ingest(node, "tls_certificates_read_again"));
    write(first);
    NodeApi.eventually(
        () -> {
          connect(node, Certificates.clientOf(first)).startHandshake();
          return null;
        });
  }

  @Test
  void whereAnAuthorityIsSetAgentsShowACertificateOfIt(@TempDir Path own) throws Exception {
    var agent = Certificates.make(folder, "EC");
    var stranger = Certificates.make(folder, "EC");
    agent.writeCertificate(folder.resolve("agents.pem"));
    var settings =
        SETTINGS.formatted(folder)
            + "sipscope.hep.tls.client-ca = \""
            + folder.resolve("agents.pem")
            + "\"\nsipscope.hep.tls.max-per-address = 2\nsipscope.data-dir = \""
            + own
            + "\"\n";
    try (var strict = TestNode.start(settings)) {
      try (var socket = connect(strict, agent.asClientOf(first))) {
        socket.getOutputStream().write(Messages.hep3(Messages.options("with-one"), TIME));
      }
      awaitMessages(strict, "with-one", 1);
      for (var refused :
          new SSLContext[] {Certificates.clientOf(first), stranger.asClientOf(first)}) {
        try (var socket = connect(strict, refused)) {
          assertTrue(isTurnedAway(socket));
        }
      }
      NodeApi.eventually(
          () -> {
            assertEquals(2, ingest(strict, "tls_handshakes_failed"));
            assertEquals(0, ingest(strict, "tls_connections"));
            return null;
          });
      assertEquals(404, strict.get("/api/dialogs/without-one").statusCode());
      try (var one = connect(strict, agent.asClientOf(first));
          var two = connect(strict, agent.asClientOf(first));
          var three = connect(strict, agent.asClientOf(first))) {
        one.startHandshake();
        two.startHandshake();
        assertThrows(IOException.class, three::startHandshake);
      }
      NodeApi.eventually(
          () -> {
            assertEquals(1, ingest(strict, "tls_connections_refused"));
            return null;
          });
    }
  }

  @Test
  void theEndOfAConnectionIsAnEvent() throws Exception {
    try (var heard = EventsHeard.of(node, "E_CORE_TCP_DISCONNECT")) {
      int port;
      try (var socket = connect(node, Certificates.clientOf(first))) {
        port = socket.getLocalPort();
        socket.getOutputStream().write(Messages.hep3(Messages.options("leaves-soon"), TIME));
        awaitMessages(node, "leaves-soon", 1);
      }
      var told = heard.next(event -> event.path("src_port").asInt() == port);
      assertEquals("hep_tls", told.path("proto").asText());
      assertEquals(
          node.node().hepTlsAddress().orElseThrow().getPort(), told.path("dst_port").asInt());
    }
  }

  @Test
  void theStatusReportListsTheSocket() throws Exception {
    var status = new Mi(node).result("sr_list_status", "{\"group\":\"ingest\"}");
    assertTrue(status.contains("hep_tls:127.0.0.1:"), status);
    assertTrue(status.contains("none is silent"), status);
  }

  @Test
  void bytesThatAreNoHepInsideTlsAreMalformed() throws Exception {
    try (var socket = connect(node, Certificates.clientOf(first))) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals(0, socket.getInputStream().readAllBytes().length);
    }
    NodeApi.eventually(
        () -> {
          assertEquals(1, ingest(node, "malformed_not_hep"));
          return null;
        });
  }
}
