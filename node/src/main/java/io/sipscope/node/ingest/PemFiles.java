package io.sipscope.node.ingest;

import io.sipscope.node.BadSetting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Certificates and private keys from files in PEM (RFC 7468).
final class PemFiles {
  /// More than any chain of certificates has.
  private static final long MAX_BYTES = 1 << 20;

  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

  private static final String A_KEY = "a file with one private key in PKCS #8 (PEM)";
  private static final String CONVERTED = A_KEY + ", as openssl pkcs8 -topk8 -nocrypt writes it";

  private PemFiles() {}

  /// @param setting the key of the setting that names the file
  static List<X509Certificate> certificates(String setting, Path file) {
    var wanted = "a readable file of certificates in PEM";
    var certificates = new ArrayList<X509Certificate>();
    try {
      var factory = CertificateFactory.getInstance("X.509");
      var found = CERTIFICATE.matcher(text(file)); // a key may be in the same file
      while (found.find()) {
        var one = new ByteArrayInputStream(found.group().getBytes(StandardCharsets.ISO_8859_1));
        certificates.add((X509Certificate) factory.generateCertificate(one));
      }
    } catch (IOException | CertificateException e) {
      throw new BadSetting(setting, file.toString(), wanted + " (" + why(e) + ")");
    }
    if (certificates.isEmpty()) {
      throw new BadSetting(setting, file.toString(), wanted + " (there is none in it)");
    }
    return certificates;
  }

  /// What is wrong is told without a word of what is in the file.
  ///
  /// @param setting the key of the setting that names the file
  static PrivateKey privateKey(String setting, Path file) {
    String text;
    try {
      text = text(file);
    } catch (IOException e) {
      throw new BadSetting(setting, file.toString(), A_KEY + " (" + why(e) + ")");
    }
    var found = PRIVATE_KEY.matcher(text);
    if (!found.find()) {
      throw new BadSetting(setting, file.toString(), CONVERTED + " (" + instead(text) + ")");
    }
    byte[] encoded;
    try {
      encoded = Base64.getMimeDecoder().decode(found.group(1));
    } catch (IllegalArgumentException e) {
      throw new BadSetting(setting, file.toString(), A_KEY + " (this is not base64)");
    }
    var spec = new PKCS8EncodedKeySpec(encoded);
    for (var algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (GeneralSecurityException _) {
        // a key of another algorithm: the next one may be its
      }
    }
    throw new BadSetting(setting, file.toString(), A_KEY + " of RSA, EC or Ed25519");
  }

  private static String instead(String text) {
    if (text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED")) {
      return "this one is encrypted";
    }
    return text.contains("PRIVATE KEY") ? "this one is of an older form" : "there is none in it";
  }

  private static String text(Path file) throws IOException {
    if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
      throw new IOException("it has " + Files.size(file) + " bytes");
    }
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static String why(Exception e) {
    return switch (e) {
      case java.nio.file.NoSuchFileException _ -> "there is no such file";
      case java.nio.file.AccessDeniedException _ -> "it may not be read";
      default -> String.valueOf(e.getMessage());
    };
  }
}
