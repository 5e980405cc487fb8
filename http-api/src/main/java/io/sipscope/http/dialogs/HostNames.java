package io.sipscope.http.dialogs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import io.sipscope.persistence.index.Trunks;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the hosts of a ladder are called: by `sipscope.aliases`, which also says which addresses
/// are one host, else by the trunk that an address belongs to.
public final class HostNames {
  private static final String PATH = "sipscope.aliases";

  /// Nobody has a name.
  public static final HostNames NONE = new HostNames(Map.of(), Trunks.NONE);

  /// By [IpAddress], or by [Endpoint] where a port was given.
  private final Map<Object, String> aliases;

  private final Trunks trunks;

  private HostNames(Map<Object, String> aliases, Trunks trunks) {
    this.aliases = Map.copyOf(aliases);
    this.trunks = trunks;
  }

  /// Reads `sipscope.aliases` and `sipscope.trunks` of the whole configuration.
  ///
  /// @throws ConfigException when a member is no address, or has two names
  public static HostNames from(Config config) {
    var aliases = new HashMap<Object, String>();
    config.getObject(PATH).forEach((name, members) -> read(name, members, aliases));
    return new HostNames(aliases, Trunks.from(config));
  }

  private static void read(String name, ConfigValue members, Map<Object, String> aliases) {
    if (!(members.unwrapped() instanceof List<?> texts)) {
      throw bad(members, name, "wanted: a list of addresses");
    }
    for (var member : texts) {
      var text = String.valueOf(member).strip();
      Object address =
          IpAddress.parse(text)
              .<Object>map(host -> host)
              .or(() -> Endpoint.parse(text))
              .orElseThrow(
                  () ->
                      bad(members, name, "\"" + member + "\" (wanted: an IP address, or ip:port)"));
      var other = aliases.put(address, name);
      if (other != null && !other.equals(name)) {
        throw bad(members, name, "\"" + member + "\" is \"" + other + "\" already");
      }
    }
  }

  private static ConfigException bad(ConfigValue where, String name, String what) {
    return new ConfigException.BadValue(where.origin(), PATH + "." + name, what);
  }

  /// What makes an endpoint one host with others of the same name.
  Optional<String> alias(Endpoint endpoint) {
    var name = aliases.get(endpoint);
    return Optional.ofNullable(name != null ? name : aliases.get(endpoint.address()));
  }

  /// What the host of an endpoint is called: by its alias, else by its address.
  public String host(Endpoint endpoint) {
    return alias(endpoint).orElseGet(() -> endpoint.address().toString());
  }

  /// The trunk that an endpoint belongs to.
  Optional<String> trunk(Endpoint endpoint) {
    return Optional.of(trunks.at(endpoint)).filter(name -> !name.isEmpty());
  }

  /// The trunk that a message came from or went to; empty when none.
  public String trunk(Rung rung) {
    return trunks.ofMessage(rung);
  }
}
