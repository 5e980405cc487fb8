package io.sipscope.persistence.trace;

import java.util.regex.Pattern;

/// A host or address with a port, as destinations are written.
///
/// @param host an IPv6 address without its brackets
/// @param port 0 where none was given
record HostPort(String host, int port) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,253}");
  private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f:.%a-z0-9]{2,64}");

  /// Reads `host`, `host:port`, `[v6]` and `[v6]:port`.
  static Reading<HostPort> read(String text) {
    var given = text.strip();
    if (given.startsWith("[")) {
      int close = given.indexOf(']');
      if (close < 0 || !SIX.matcher(given.substring(1, close)).matches()) {
        return bad(given);
      }
      var rest = given.substring(close + 1);
      if (!rest.isEmpty() && rest.charAt(0) != ':') {
        return bad(given);
      }
      return with(given.substring(1, close), rest.isEmpty() ? "" : rest.substring(1), given, rest);
    }
    int colon = given.indexOf(':');
    var host = colon < 0 ? given : given.substring(0, colon);
    if (!NAME.matcher(host).matches()) {
      return bad(given);
    }
    return with(
        host,
        colon < 0 ? "" : given.substring(colon + 1),
        given,
        colon < 0 ? "" : given.substring(colon));
  }

  /// @param rest what follows the host: empty where there is no port
  private static Reading<HostPort> with(String host, String port, String given, String rest) {
    if (rest.isEmpty()) {
      return Reading.good(new HostPort(host, 0));
    }
    if (port.isEmpty() || port.length() > 5 || !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return bad(given);
    }
    int number = Integer.parseInt(port);
    return number < 1 || number > 65_535
        ? Reading.bad("port " + port + " (wanted: 1 to 65535)")
        : Reading.good(new HostPort(host, number));
  }

  private static Reading<HostPort> bad(String given) {
    return Reading.bad("\"" + given + "\" (wanted: host or host:port, IPv6 in brackets)");
  }

  int portOr(int otherwise) {
    return port == 0 ? otherwise : port;
  }

  /// The host as it stands before a port.
  String shownHost() {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }
}
