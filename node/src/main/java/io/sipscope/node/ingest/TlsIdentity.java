package io.sipscope.node.ingest;

import io.sipscope.node.BadSetting;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/// Who we are by TLS, and whose agents we believe: what the files said when they were read.
final class TlsIdentity {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /// Sessions that last longer than a ticket of TLS 1.3 may (RFC 8446 §4.6.1: seven days) are given
  /// none. An agent that only writes never reads its ticket; when it closes a connection with that
  /// unread, its kernel resets it, and ours throws away what we had not read yet.
  private static final int NO_TICKETS_SECONDS = 8 * 24 * 3_600;

  private final SSLContext context;
  private final boolean asksForCertificates;
  private final X509Certificate certificate;

  private TlsIdentity(
      SSLContext context, boolean asksForCertificates, X509Certificate certificate) {
    this.context = context;
    this.asksForCertificates = asksForCertificates;
    this.certificate = certificate;
  }

  /// @throws BadSetting when a file cannot be read, or they do not go together
  static TlsIdentity read(HepTlsSettings settings) {
    var chain = PemFiles.certificates(HepTlsSettings.CERTIFICATE, settings.certificate());
    var key = PemFiles.privateKey(HepTlsSettings.KEY, settings.key());
    if (!goTogether(chain.getFirst().getPublicKey(), key)) {
      throw new BadSetting(
          HepTlsSettings.KEY,
          settings.key().toString(),
          "the private key of the first certificate in " + settings.certificate());
    }
    var authorities =
        settings
            .clientAuthorities()
            .map(file -> PemFiles.certificates(HepTlsSettings.CLIENT_AUTHORITIES, file))
            .orElse(List.of());
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(
          keys(chain, key).getKeyManagers(), trusting(authorities).getTrustManagers(), null);
      context.getServerSessionContext().setSessionTimeout(NO_TICKETS_SECONDS);
      return new TlsIdentity(context, !authorities.isEmpty(), chain.getFirst());
    } catch (IOException | GeneralSecurityException e) {
      throw new BadSetting(
          HepTlsSettings.CERTIFICATE,
          settings.certificate().toString(),
          "a chain of certificates that TLS can use (" + e.getMessage() + ")");
    }
  }

  /// A renewal replaces two files, one after the other.
  private static boolean goTogether(PublicKey open, PrivateKey secret) {
    try {
      var algorithm =
          switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case String other -> other;
          };
      var signing = Signature.getInstance(algorithm);
      var some = new byte[] {1, 2, 3, 4};
      signing.initSign(secret);
      signing.update(some);
      var signed = signing.sign();
      signing.initVerify(open);
      signing.update(some);
      return signing.verify(signed);
    } catch (GeneralSecurityException _) {
      return false; // keys of two algorithms
    }
  }

  private static KeyManagerFactory keys(List<X509Certificate> chain, PrivateKey key)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    var password = new char[0];
    store.setKeyEntry("hep", key, password, chain.toArray(X509Certificate[]::new));
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    return keys;
  }

  private static TrustManagerFactory trusting(List<X509Certificate> authorities)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust;
  }

  /// For one connection that an agent has opened.
  SSLEngine engine() {
    var engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(PROTOCOLS);
    engine.setNeedClientAuth(asksForCertificates);
    return engine;
  }

  X509Certificate certificate() {
    return certificate;
  }
}
