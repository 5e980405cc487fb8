package io.sipscope.node.ingest;

import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// HEP over TLS.
///
/// @param tcp what it has in common with HEP over TCP
/// @param certificate file in PEM: ours first, then those that lead to its authority
/// @param key file in PEM: the private key of the certificate
/// @param clientAuthorities file in PEM: agents have to show a certificate of one of these
/// @param reload how often these files are looked at
/// @param handshakeTimeout how long an agent may take until it is let in
public record HepTlsSettings(
    HepTcpSettings tcp,
    Path certificate,
    Path key,
    Optional<Path> clientAuthorities,
    Duration reload,
    Duration handshakeTimeout) {
  static final String TLS = "sipscope.hep.tls";
  static final String CERTIFICATE = TLS + ".certificate";
  static final String KEY = TLS + ".key";
  static final String CLIENT_AUTHORITIES = TLS + ".client-ca";

  /// Empty when it is off: no certificate is set.
  public static Optional<HepTlsSettings> from(Setting setting) {
    var certificate = setting.text(CERTIFICATE);
    var key = setting.text(KEY);
    if (certificate.isBlank()) {
      if (!key.isBlank()) {
        throw new BadSetting(CERTIFICATE, certificate, "the file of the certificate of " + KEY);
      }
      return Optional.empty();
    }
    if (key.isBlank()) {
      throw new BadSetting(KEY, key, "the file of the private key of " + CERTIFICATE);
    }
    var authorities = setting.text(CLIENT_AUTHORITIES);
    return Optional.of(
        new HepTlsSettings(
            HepTcpSettings.from(setting, TLS),
            Path.of(certificate),
            Path.of(key),
            authorities.isBlank() ? Optional.empty() : Optional.of(Path.of(authorities)),
            setting.duration(TLS + ".reload", Duration.ofMillis(100), Duration.ofDays(1)),
            setting.duration(
                TLS + ".handshake-timeout", Duration.ofMillis(100), Duration.ofMinutes(5))));
  }
}
