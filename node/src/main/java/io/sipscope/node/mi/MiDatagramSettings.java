package io.sipscope.node.mi;

import com.typesafe.config.Config;
import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// Where management commands come in as datagrams.
///
/// @param address where commands come in as datagrams; empty when they don't
public record MiDatagramSettings(Optional<InetSocketAddress> address) {
  private static final String HOST = "sipscope.mi.datagram.host";
  private static final String PORT = "sipscope.mi.datagram.port";

  /// Where OpenSIPS's own clients send them.
  private static final String DEFAULT_HOST = "127.0.0.1";

  private static final int DEFAULT_PORT = 8080;

  /// On as soon as one of the two is given.
  public static MiDatagramSettings from(Setting setting) {
    boolean host = isGiven(setting.config(), HOST);
    boolean port = isGiven(setting.config(), PORT);
    if (!host && !port) {
      return new MiDatagramSettings(Optional.empty());
    }
    var name = host ? setting.host(HOST) : DEFAULT_HOST;
    return new MiDatagramSettings(
        Optional.of(
            new InetSocketAddress(loopback(name), port ? setting.port(PORT) : DEFAULT_PORT)));
  }

  private static boolean isGiven(Config config, String key) {
    return config.hasPath(key) && !config.getString(key).isBlank();
  }

  /// A datagram shows no key, and its sender is whoever it says.
  private static InetAddress loopback(String host) {
    try {
      var address = InetAddress.getByName(host);
      if (!address.isLoopbackAddress()) {
        throw new BadSetting(
            HOST,
            host,
            "a loopback address such as 127.0.0.1, as commands by datagram cannot show an API key"
                + " (beyond this machine, use POST /mi)");
      }
      return address;
    } catch (UnknownHostException _) {
      throw new BadSetting(HOST, host, "an address or name of this machine");
    }
  }
}
