package io.sipscope.node.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Certificates that nobody signed, made for a test and gone with it.
public final class Certificates {
  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "hep";

  private final KeyStore store;

  private Certificates(KeyStore store) {
    this.store = store;
  }

  /// A new key and the certificate of it, for `localhost` and 127.0.0.1.
  ///
  /// @param algorithm `EC` or `RSA`
  public static Certificates make(Path folder, String algorithm)
      throws IOException, InterruptedException, GeneralSecurityException {
    var file = Files.createTempFile(folder, "keys", ".p12");
    Files.delete(file);
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + file.getFileName(),
                "-ext",
                "san=dns:localhost,ip:127.0.0.1"));
    command.addAll(List.of("-alias", ALIAS, "-storepass", PASSWORD));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return new Certificates(KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
  }

  public void writeCertificate(Path file) throws IOException, GeneralSecurityException {
    Files.writeString(file, pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()));
  }

  public void writeKey(Path file) throws IOException, GeneralSecurityException {
    var key = (PrivateKey) store.getKey(ALIAS, PASSWORD.toCharArray());
    Files.writeString(file, pem("PRIVATE KEY", key.getEncoded()));
  }

  static String pem(String what, byte[] bytes) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
  }

  /// As a client that shows this certificate and trusts those.
  public SSLContext asClientOf(Certificates... servers) throws GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    return context(keys, servers);
  }

  /// As a client that shows nothing and trusts those.
  public static SSLContext clientOf(Certificates... servers) throws GeneralSecurityException {
    var none = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    none.init(null, new char[0]);
    return context(none, servers);
  }

  private static SSLContext context(KeyManagerFactory keys, Certificates... servers)
      throws GeneralSecurityException {
    var trusted = KeyStore.getInstance("PKCS12");
    try {
      trusted.load(null, null);
    } catch (IOException e) {
      throw new IllegalStateException("nothing is read", e);
    }
    for (var server : Arrays.asList(servers)) {
      trusted.setCertificateEntry("server-" + trusted.size(), server.store.getCertificate(ALIAS));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
