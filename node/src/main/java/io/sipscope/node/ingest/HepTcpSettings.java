package io.sipscope.node.ingest;

import io.sipscope.node.Setting;
import java.time.Duration;

/// A port that HEP 3 comes to as a stream, in the clear or by TLS.
///
/// @param path of these settings: what to name when one of them is wrong
/// @param maxConnections connections served at once; more are closed as they come
/// @param maxPerAddress of them, those of one address
/// @param frameTimeout how long the rest of a frame may take
/// @param idleTimeout how long nothing may come at all; zero = for ever
public record HepTcpSettings(
    String path,
    String host,
    int port,
    int maxConnections,
    int maxPerAddress,
    Duration frameTimeout,
    Duration idleTimeout) {
  static final String TCP = "sipscope.hep.tcp";

  public static HepTcpSettings from(Setting setting) {
    return from(setting, TCP);
  }

  static HepTcpSettings from(Setting setting, String path) {
    return new HepTcpSettings(
        path,
        setting.host(path + ".host"),
        setting.port(path + ".port"),
        setting.count(path + ".max-connections", 1, 1_000_000),
        setting.count(path + ".max-per-address", 1, 1_000_000),
        setting.duration(path + ".frame-timeout", Duration.ofMillis(100), Duration.ofHours(1)),
        setting.duration(path + ".idle-timeout", Duration.ZERO, Duration.ofDays(365)));
  }
}
