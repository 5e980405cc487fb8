package io.sipscope.node.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsIdentityTest {
  @TempDir private static Path folder;
  private static Certificates mine;
  private static Path certificate;
  private static Path key;

  @BeforeAll
  static void make() throws Exception {
    mine = Certificates.make(folder, "EC");
    certificate = folder.resolve("certificate.pem");
    key = folder.resolve("key.pem");
    mine.writeCertificate(certificate);
    mine.writeKey(key);
  }

  private static Optional<HepTlsSettings> settings(String certificate, String key, String ca) {
    var text =
        """
        sipscope.hep.tls {
          host = "127.0.0.1", port = 9061, reload = 10s, handshake-timeout = 10s
          max-connections = 4, max-per-address = 4, frame-timeout = 30s, idle-timeout = 0s
        }
        """
            + "sipscope.hep.tls.certificate = \""
            + certificate
            + "\"\nsipscope.hep.tls.key = \""
            + key
            + "\"\nsipscope.hep.tls.client-ca = \""
            + ca
            + "\"";
    return HepTlsSettings.from(new Setting(ConfigFactory.parseString(text)));
  }

  private static String refusal(Path certificate, Path key, String ca) {
    var settings = settings(certificate.toString(), key.toString(), ca).orElseThrow();
    var why = assertThrows(BadSetting.class, () -> TlsIdentity.read(settings)).getMessage();
    assertTrue(why.contains(", but it must be "), why);
    return why;
  }

  private static Path file(String text) throws Exception {
    return Files.writeString(Files.createTempFile(folder, "file", ".pem"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void aCertificateAndItsKeyMakeAnIdentity(String algorithm) throws Exception {
    var made = Certificates.make(folder, algorithm);
    var its = file("");
    var secret = file("");
    made.writeCertificate(its);
    made.writeKey(secret);
    var settings = settings(its.toString(), secret.toString(), "").orElseThrow();
    var engine = TlsIdentity.read(settings).engine();
    assertFalse(engine.getUseClientMode());
    assertFalse(engine.getNeedClientAuth());
  }

  @Test
  void agentsHaveToShowACertificateWhereAnAuthorityIsSet() {
    var settings =
        settings(certificate.toString(), key.toString(), certificate.toString()).orElseThrow();
    assertTrue(TlsIdentity.read(settings).engine().getNeedClientAuth());
  }

  @Test
  void withoutACertificateItIsOff() {
    assertEquals(Optional.empty(), settings("", "", ""));
    assertTrue(
        assertThrows(BadSetting.class, () -> settings("", "key.pem", ""))
            .getMessage()
            .startsWith("sipscope.hep.tls.certificate is \"\", but it must be "));
    assertTrue(
        assertThrows(BadSetting.class, () -> settings("certificate.pem", "", ""))
            .getMessage()
            .startsWith("sipscope.hep.tls.key is \"\", but it must be "));
  }

  @Test
  void whatIsWrongWithAFileIsToldInOneSentence() throws Exception {
    var absent = folder.resolve("absent.pem");
    assertTrue(refusal(absent, key, "").contains("tls.certificate is"));
    assertTrue(refusal(absent, key, "").contains("there is no such file"));
    assertTrue(refusal(certificate, absent, "").contains("tls.key is"));
    assertTrue(refusal(file("nothing"), key, "").contains("tls.certificate is"));
    assertTrue(refusal(key, key, "").contains("there is none in it"));
    assertTrue(refusal(certificate, certificate, "").contains("there is none in it"));
    assertTrue(refusal(certificate, key, absent.toString()).contains("tls.client-ca is"));
    var noise = file(Certificates.pem("CERTIFICATE", new byte[100]));
    assertTrue(refusal(noise, key, "").contains("tls.certificate is"));
    assertTrue(refusal(folder, key, "").contains("tls.certificate is"));
  }

  @Test
  void aKeyOfAnotherFormIsToldHowToBeConverted() throws Exception {
    var pkcs1 = file(Certificates.pem("RSA PRIVATE KEY", new byte[100]));
    assertTrue(refusal(certificate, pkcs1, "").contains("openssl pkcs8 -topk8 -nocrypt"));
    var encrypted = file(Certificates.pem("ENCRYPTED PRIVATE KEY", new byte[100]));
    assertTrue(refusal(certificate, encrypted, "").contains("this one is encrypted"));
    var noise = file(Certificates.pem("PRIVATE KEY", new byte[100]));
    assertTrue(refusal(certificate, noise, "").contains("of RSA, EC or Ed25519"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void theKeyOfAnotherCertificateIsRefused(String algorithm) throws Exception {
    var other = file("");
    Certificates.make(folder, algorithm).writeKey(other);
    assertTrue(refusal(certificate, other, "").contains("of the first certificate in"));
  }
}
