package io.sipscope.persistence.events;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where a subscriber listens, in OpenSIPS's own spelling:
///
/// | socket | told by |
/// | --- | --- |
/// | `udp:HOST:PORT` | one datagram an event |
/// | `unix:/PATH` | the same, to a datagram socket of this machine |
/// | `tcp:HOST:PORT[/METHOD]` | JSON-RPC notifications, one after the other |
/// | `jsonrpc:HOST:PORT:METHOD` | the same with `"id":null`, as OpenSIPS 2.x wrote them |
/// | `xmlrpc:HOST:PORT:METHOD` | an XML-RPC call by HTTP, its parameters as texts |
/// | `http://...`, `https://...` | a webhook: one signed POST an event |
/// | `flatstore:/PATH` | a line of a file |
/// | `virtual:PARALLEL SOCKET SOCKET...` | all of them |
/// | `virtual:FAILOVER SOCKET SOCKET...` | the first that can be reached |
/// | `virtual:ROUND-ROBIN SOCKET SOCKET...` | one after the other, in turn |
/// | `route:NAME` | `event_route[NAME]` of the policy script |
public sealed interface SubscriberSocket {
  record Udp(String host, int port) implements SubscriberSocket {}

  record Unix(String path) implements SubscriberSocket {}

  /// @param method called in place of the event's name; empty = the event's name
  record Tcp(String host, int port, String method) implements SubscriberSocket {}

  record JsonRpc(String host, int port, String method) implements SubscriberSocket {}

  record XmlRpc(String host, int port, String method) implements SubscriberSocket {}

  /// @param url `http` or `https`, without a user
  record Web(String url) implements SubscriberSocket {}

  record Flatstore(String path) implements SubscriberSocket {}

  /// @param members neither virtual nor a route
  record Virtual(Choice choice, List<SubscriberSocket> members) implements SubscriberSocket {
    public Virtual {
      members = List.copyOf(members);
    }
  }

  record Route(String name) implements SubscriberSocket {}

  /// Which of a virtual socket's members are told.
  enum Choice {
    PARALLEL("PARALLEL"),
    FAILOVER("FAILOVER"),
    ROUND_ROBIN("ROUND-ROBIN");

    private final String text;

    Choice(String text) {
      this.text = text;
    }
  }

  /// Of a virtual socket: each has a queue of its own.
  int MAX_MEMBERS = 16;

  /// No socket is longer, as written.
  int MAX_TEXT = 4_000;

  Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /// A path of a Unix socket takes no more (`sun_path`).
  int MAX_PATH = 107;

  /// A name of the DNS, an IPv4 address, or an IPv6 address in brackets, and a port; then what
  /// follows it.
  Pattern ENDPOINT =
      Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}\\]|[A-Za-z0-9._-]{1,253}):(\\d{1,5})(?:[:/](.+))?");

  /// Reads a socket; empty when there is no such transport, or it is not spelled as above.
  static Optional<SubscriberSocket> parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0 || text.length() > MAX_TEXT) {
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
      case "http", "https" -> web(text);
      case "flatstore" -> flatstore(rest);
      case "virtual" -> virtual(rest);
      case "route" ->
          NAME.matcher(rest).matches() ? Optional.of(new Route(rest)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /// A fragment is never sent, and a user would be shown to whoever lists the subscribers.
  private static Optional<SubscriberSocket> web(String text) {
    try {
      var url = new URI(text);
      return url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null
          ? Optional.empty()
          : Optional.of(new Web(text));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static Optional<SubscriberSocket> flatstore(String path) {
    return !path.startsWith("/") || path.endsWith("/") || path.chars().anyMatch(c -> c < ' ')
        ? Optional.empty()
        : Optional.of(new Flatstore(path));
  }

  private static Optional<SubscriberSocket> virtual(String text) {
    var words = text.strip().split("[ \\t]+", MAX_MEMBERS + 2);
    var choice =
        Arrays.stream(Choice.values()).filter(one -> one.text.equals(words[0])).findFirst();
    if (choice.isEmpty() || words.length < 2 || words.length > MAX_MEMBERS + 1) {
      return Optional.empty();
    }
    var members = new ArrayList<SubscriberSocket>();
    for (int i = 1; i < words.length; i++) {
      var member = parse(words[i]);
      if (member.isEmpty() || member.get() instanceof Virtual || member.get() instanceof Route) {
        return Optional.empty();
      }
      members.add(member.get());
    }
    return Optional.of(new Virtual(choice.get(), members));
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
      case Web(var url) -> url;
      case Flatstore(var path) -> "flatstore:" + path;
      case Virtual(var choice, var members) ->
          "virtual:"
              + choice.text
              + members.stream().map(member -> " " + member.text()).collect(Collectors.joining());
      case Route(var name) -> "route:" + name;
    };
  }

  private static String shown(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }
}
