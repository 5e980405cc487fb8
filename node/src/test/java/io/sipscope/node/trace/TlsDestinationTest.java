package io.sipscope.node.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.BadSetting;
import io.sipscope.node.NodeApi;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.trace.TraceDestination.Hep;
import io.sipscope.persistence.trace.TraceDestination.HepTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A receiver by TLS, with a certificate for `localhost` that nobody signed.
class TlsDestinationTest {
  private static final String PASSWORD = "changeit";

  @TempDir private static Path keys;
  private static Path certificate;
  private static SSLContext server;

  @TempDir private Path folder;
  private final Counters counters = new Counters();

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = keys.resolve("certificate.pem");
    var store = keys.resolve("server.p12").toString();
    keytool(
        "-genkeypair",
        "-keystore",
        store,
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost");
    keytool("-exportcert", "-rfc", "-keystore", store, "-file", certificate.toString());
    var loaded = KeyStore.getInstance(Path.of(store).toFile(), PASSWORD.toCharArray());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(loaded, PASSWORD.toCharArray());
    server = SSLContext.getInstance("TLS");
    server.init(managers.getKeyManagers(), null, null);
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(java.util.List.of(arguments));
    command.addAll(java.util.List.of("-alias", "sip", "-storepass", PASSWORD));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  private static ServerSocket listening() throws IOException {
    return server
        .getServerSocketFactory()
        .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private Destinations destinations(String trust) {
    var settings = Traced.settings(folder, Traced.ROOM);
    return Traced.destinations(
        new DestinationSettings(
            settings.window(),
            settings.batchMessages(),
            settings.batchBytes(),
            settings.queueMessages(),
            settings.queueBytes(),
            settings.retryFirst(),
            settings.retryLongest(),
            settings.connectTimeout(),
            settings.writeTimeout(),
            settings.spoolFolder(),
            settings.spoolBytes(),
            settings.spoolAfter(),
            settings.captureId(),
            trust),
        counters);
  }

  private static void awaitTrouble(Destinations destinations, String part) {
    NodeApi.eventually(
        () -> {
          var trouble = destinations.states().getFirst().trouble();
          assertTrue(trouble.contains(part), trouble);
          return true;
        });
  }

  @Test
  void aReceiverWhoseCertificateIsTrustedGetsEveryMessage() throws IOException {
    try (var receiver = Receiver.by(listening());
        var destinations = destinations(certificate.toString())) {
      destinations.targets(
          Traced.targets(new Hep("localhost", receiver.port(), HepTransport.TLS, 3)));
      Traced.trace(destinations, 0, 1_000);
      NodeApi.eventually(
          () -> {
            assertEquals(IntStream.range(0, 1_000).boxed().toList(), receiver.numbers());
            return true;
          });
    }
  }

  @Test
  void aCertificateOfAnotherNameIsNotTrusted() throws IOException {
    try (var receiver = Receiver.by(listening());
        var destinations = destinations(certificate.toString())) {
      destinations.targets(
          Traced.targets(new Hep("127.0.0.1", receiver.port(), HepTransport.TLS, 3)));
      awaitTrouble(destinations, "127.0.0.1");
      assertEquals(0, receiver.packets().size());
    }
  }

  @Test
  void aCertificateThatNobodySignedIsNotTrustedUnlessItIsGiven() throws IOException {
    try (var receiver = Receiver.by(listening());
        var destinations = destinations("")) {
      destinations.targets(
          Traced.targets(new Hep("localhost", receiver.port(), HepTransport.TLS, 3)));
      awaitTrouble(destinations, "certification path");
    }
  }

  @Test
  void aFileOfCertificatesThatIsNoneRefusesTheStart() throws IOException {
    var empty = Files.createFile(folder.resolve("empty.pem")).toString();
    var refused = assertThrows(BadSetting.class, () -> destinations(empty));
    assertTrue(
        refused.getMessage().startsWith("sipscope.trace.destinations.tls.trust is \"" + empty),
        refused.getMessage());
    assertThrows(BadSetting.class, () -> destinations(folder.resolve("absent").toString()));
  }
}
