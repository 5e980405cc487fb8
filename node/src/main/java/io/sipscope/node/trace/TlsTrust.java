package io.sipscope.node.trace;

import io.sipscope.node.BadSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// Whose certificates are trusted when HEP is sent by TLS.
final class TlsTrust {
  private static final String KEY = "sipscope.trace.destinations.tls.trust";

  private TlsTrust() {}

  /// @param file of certificates in PEM; empty = what the JVM trusts
  static SSLSocketFactory of(String file) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, file.isBlank() ? null : trusting(Path.of(file)).getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (IOException | GeneralSecurityException e) {
      throw new BadSetting(KEY, file, "a readable file of certificates in PEM (" + e + ")");
    }
  }

  private static TrustManagerFactory trusting(Path file)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(file)) {
      int number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("trusted-" + number++, certificate);
      }
      if (number == 0) {
        throw new IOException("no certificate is in it");
      }
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust;
  }
}
