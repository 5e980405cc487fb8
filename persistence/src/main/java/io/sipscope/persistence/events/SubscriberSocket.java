package io.sipscope.persistence.events;

import java.util.Optional;
import java.util.regex.Pattern;

/// Where a subscriber listens, in OpenSIPS's own spelling:
///
/// | socket | told by |
/// | --- | --- |
/// | `udp:HOST:PORT` | one datagram an event |
/// | `unix:/PATH` | the same, to a datagram socket of this machine |
/// | `tcp:HOST:PORT[/METHOD]` | JSON-RPC notifications, one after the other |
/// | `jsonrpc:HOST:PORT:METHOD` | the same with `"id":null`, as OpenSIPS 2.x wrote them |
/// | `xmlrpc:HOST:PORT:METHOD` | an XML-RPC call by HTTP, its parameters as texts |
public sealed interface SubscriberSocket {
  record Udp(String host, int port) implements SubscriberSocket {}

  record Unix(String path) implements SubscriberSocket {}

  /// @param method called in place of the event's name; empty = the event's name
  record Tcp(String host, int port, String method) implements SubscriberSocket {}

  record JsonRpc(String host, int port, String method) implements SubscriberSocket {}

  record XmlRpc(String host, int port, String method) implements SubscriberSocket {}

  /// A path of a Unix socket takes no more (`sun_path`).
  int MAX_PATH = 107;

  /// A name of the DNS, an IPv4 address, or an IPv6 address in brackets, and a port; then what
  /// follows it.
  Pattern ENDPOINT =
      Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}\\]|[A-Za-z0-9._-]{1,253}):(\\d{1,5})(?:[:/](.+))?");

  /// Reads a socket; empty when there is no such transport, or it is not spelled as above.
  static Optional<SubscriberSocket> parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    var rest = text.substring(colon + 1);
    return switch (text.substring(0, colon)) {
      case "udp" -> endpoint(rest, false).map(at -> new Udp(at.host, at.port));
      case "unix" -> unix(rest);
      case "tcp" -> endpoint(rest, true).map(at -> new Tcp(at.host, at.port, at.method));
      case "jsonrpc" -> endpoint(rest, true).map(at -> new JsonRpc(at.host, at.port, at.method));
      case "xmlrpc" ->
          endpoint(rest, true)
              .filter(at -> !at.method.isEmpty())
              .map(at -> new XmlRpc(at.host, at.port, at.method));
      default -> Optional.empty();
    };
  }

  private static Optional<SubscriberSocket> unix(String path) {
    return path.isEmpty() || path.length() > MAX_PATH || path.indexOf('\0') >= 0
        ? Optional.empty()
        : Optional.of(new Unix(path));
  }

  /// A host without brackets, a port from 1 to 65535, and a method or nothing.
  record Endpoint(String host, int port, String method) {}

  private static Optional<Endpoint> endpoint(String text, boolean mayHaveMethod) {
    var match = ENDPOINT.matcher(text);
    if (!match.matches() || (match.group(3) != null && !mayHaveMethod)) {
      return Optional.empty();
    }
    int port = Integer.parseInt(match.group(2));
    var host = match.group(1).replace("[", "").replace("]", "");
    var method = match.group(3) == null ? "" : match.group(3);
    return port < 1 || port > 65_535
        ? Optional.empty()
        : Optional.of(new Endpoint(host, port, method));
  }

  /// As it is listed; what is the same socket is listed the same.
  default String text() {
    return switch (this) {
      case Udp(var host, int port) -> "udp:" + shown(host) + ":" + port;
      case Unix(var path) -> "unix:" + path;
      case Tcp(var host, int port, var method) ->
          "tcp:" + shown(host) + ":" + port + (method.isEmpty() ? "" : "/" + method);
      case JsonRpc(var host, int port, var method) ->
          "jsonrpc:" + shown(host) + ":" + port + (method.isEmpty() ? "" : ":" + method);
      case XmlRpc(var host, int port, var method) ->
          "xmlrpc:" + shown(host) + ":" + port + ":" + method;
    };
  }

  private static String shown(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }
}
