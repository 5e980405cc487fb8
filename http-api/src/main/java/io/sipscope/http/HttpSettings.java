package io.sipscope.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.sipscope.http.access.ApiKey;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/// Where HTTP is served and who may use it: `sipscope.http`.
///
/// @param apiKeys empty = nobody has to show one, which only loopback allows
/// @param answerTimeout how long an actor or a store may take to answer
public record HttpSettings(String host, int port, List<ApiKey> apiKeys, Duration answerTimeout) {
  private static final String ROOT = "sipscope.http";

  public HttpSettings {
    apiKeys = List.copyOf(apiKeys);
  }

  /// @throws Unusable when the settings make no sense, or would answer the network unasked
  public static HttpSettings from(Config root) {
    try {
      var config = root.getConfig(ROOT);
      var keys = config.getConfigList("api-keys").stream().map(ApiKey::from).toList();
      var settings =
          new HttpSettings(
              config.getString("host"),
              config.getInt("port"),
              keys,
              config.getDuration("answer-timeout"));
      settings.check();
      return settings;
    } catch (ConfigException e) {
      throw new Unusable("The settings under " + ROOT + " cannot be read: " + e.getMessage());
    }
  }

  private void check() {
    if (port < 0 || port > 65535) {
      throw new Unusable(
          ROOT + ".port is " + port + ", but it must be a port number from 0 to 65535.");
    }
    if (answerTimeout.isNegative() || answerTimeout.isZero()) {
      throw new Unusable(ROOT + ".answer-timeout is " + answerTimeout + ", but it must be over 0.");
    }
    if (!isLoopback() && apiKeys.isEmpty()) {
      throw new Unusable(
          ROOT
              + ".host is \""
              + host
              + "\", which answers the network, and "
              + ROOT
              + ".api-keys is empty: add a key, such as {name = \"me\", sha256 = \"...\"} with the"
              + " output of `printf %s KEY | sha256sum`, or bind 127.0.0.1.");
    }
  }

  /// Whether only this machine can connect.
  public boolean isLoopback() {
    try {
      for (var address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException _) {
      throw new Unusable(
          ROOT + ".host is \"" + host + "\", but it must be an address or name of this machine.");
    }
  }

  /// Settings that cannot be served; the message is one sentence for whoever wrote them.
  public static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unusable(String message) {
      super(message);
    }
  }
}
