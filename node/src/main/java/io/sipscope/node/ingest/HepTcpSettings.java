package io.sipscope.node.ingest;

import io.sipscope.node.Setting;
import java.time.Duration;

/// @param maxConnections connections served at once; more are closed as they come
/// @param frameTimeout how long the rest of a frame may take; a quiet agent between frames may
/// stay for ever
public record HepTcpSettings(String host, int port, int maxConnections, Duration frameTimeout) {

  public static HepTcpSettings from(Setting setting) {
    return new HepTcpSettings(
        setting.host("sipscope.hep.tcp.host"),
        setting.port("sipscope.hep.tcp.port"),
        setting.count("sipscope.hep.tcp.max-connections", 1, 1_000_000),
        setting.duration(
            "sipscope.hep.tcp.frame-timeout", Duration.ofMillis(100), Duration.ofHours(1)));
  }
}
