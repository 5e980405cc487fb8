package io.sipscope.persistence.index;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import io.sipscope.protocol.dialog.DialogSummary;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpBlock;
import io.sipscope.protocol.sip.SipMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The configured trunks (`sipscope.trunks`): names for the networks, hosts and domains that calls
/// come from and go to.
///
/// An address or CIDR block (`192.0.2.0/24`, `2001:db8::/32`) matches the endpoints of a dialog's
/// packets. A name (`carrier.example`) matches the host of caller, callee and request URI, and the
/// hosts below it; it is never looked up in the DNS.
public final class Trunks {
  private static final String PATH = "sipscope.trunks";

  /// No trunk at all.
  public static final Trunks NONE = new Trunks(List.of());

  private final List<Trunk> trunks;

  private record Trunk(String name, List<IpBlock> blocks, List<String> domains) {}

  private Trunks(List<Trunk> trunks) {
    this.trunks = List.copyOf(trunks);
  }

  /// Reads `sipscope.trunks` of the whole configuration, in the order in which it was written.
  ///
  /// @throws ConfigException when a member is neither address, block nor name
  public static Trunks from(Config config) {
    var configured =
        new ArrayList<Map.Entry<String, ConfigValue>>(config.getObject(PATH).entrySet());
    configured.sort(
        Comparator.comparingInt(
                (Map.Entry<String, ConfigValue> entry) -> entry.getValue().origin().lineNumber())
            .thenComparing(Map.Entry::getKey));
    var trunks = new ArrayList<Trunk>();
    for (var entry : configured) {
      if (!(entry.getValue().unwrapped() instanceof List<?> members)) {
        throw new ConfigException.BadValue(
            entry.getValue().origin(), PATH + "." + entry.getKey(), "wanted: a list of texts");
      }
      trunks.add(trunk(entry.getKey(), members, entry.getValue()));
    }
    return trunks.isEmpty() ? NONE : new Trunks(trunks);
  }

  private static Trunk trunk(String name, List<?> members, ConfigValue where) {
    var blocks = new ArrayList<IpBlock>();
    var domains = new ArrayList<String>();
    for (var member : members) {
      var text = String.valueOf(member).strip().toLowerCase(Locale.ROOT);
      var block = IpBlock.parse(text);
      if (block.isPresent()) {
        blocks.add(block.get());
      } else if (isName(text)) {
        domains.add(text);
      } else {
        throw bad(where, name, member);
      }
    }
    return new Trunk(name, List.copyOf(blocks), List.copyOf(domains));
  }

  /// Letters, digits, dots and dashes, and not all digits and dots: that is a mistyped address.
  private static boolean isName(String text) {
    return text.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?") && !text.matches("[0-9.]+");
  }

  private static ConfigException bad(ConfigValue where, String name, Object member) {
    return new ConfigException.BadValue(
        where.origin(),
        PATH + "." + name,
        "\"" + member + "\" (wanted: an IP address, a CIDR block, or a host or domain name)");
  }

  /// The first trunk that an address of the dialog belongs to; empty when none.
  public String of(DialogSummary summary) {
    for (var trunk : trunks) {
      if (matches(trunk, summary)) {
        return trunk.name();
      }
    }
    return "";
  }

  /// The first trunk that a message came from or went to, or that one of its parties belongs to;
  /// empty when none.
  public String ofMessage(Rung rung) {
    for (var trunk : trunks) {
      if (isAt(trunk, rung.capture().source())
          || isAt(trunk, rung.capture().destination())
          || (!trunk.domains().isEmpty() && hasParty(trunk, rung.message()))) {
        return trunk.name();
      }
    }
    return "";
  }

  /// The first trunk whose networks hold an endpoint; empty when none.
  public String at(Endpoint endpoint) {
    for (var trunk : trunks) {
      if (isAt(trunk, endpoint)) {
        return trunk.name();
      }
    }
    return "";
  }

  private static boolean isAt(Trunk trunk, Endpoint endpoint) {
    return trunk.blocks().stream().anyMatch(block -> block.holds(endpoint.address()));
  }

  private static boolean hasParty(Trunk trunk, SipMessage message) {
    return isIn(trunk, host(message.from().aor()))
        || isIn(trunk, host(message.to().aor()))
        || (message.isRequest() && isIn(trunk, host(message.requestUri())));
  }

  /// Whether a trunk is where the dialog's caller is: what sent its first message is in it, or the
  /// caller's host.
  public boolean hasCaller(String name, DialogSummary summary) {
    for (var trunk : trunks) {
      if (trunk.name().equals(name)) {
        return isAt(trunk, summary.source()) || isIn(trunk, host(summary.caller()));
      }
    }
    return false;
  }

  private static boolean isIn(Trunk trunk, String host) {
    return trunk.domains().stream()
        .anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
  }

  private static boolean matches(Trunk trunk, DialogSummary summary) {
    for (var block : trunk.blocks()) {
      for (var endpoint : summary.addresses()) {
        if (block.holds(endpoint.address())) {
          return true;
        }
      }
    }
    if (trunk.domains().isEmpty()) {
      return false;
    }
    var hosts = List.of(host(summary.caller()), host(summary.callee()), host(summary.ruri()));
    return hosts.stream().anyMatch(host -> isIn(trunk, host));
  }

  /// The host of `user@host`, `sip:user@host:5060;transport=udp` and their like.
  private static String host(String address) {
    int from = address.lastIndexOf('@') + 1;
    if (from == 0 && address.regionMatches(true, 0, "sip", 0, 3)) {
      from = address.indexOf(':') + 1;
    }
    int to = from;
    while (to < address.length() && ":;>?/ ".indexOf(address.charAt(to)) < 0) {
      to++;
    }
    return address.substring(from, to).toLowerCase(Locale.ROOT);
  }
}
