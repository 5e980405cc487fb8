package io.sipscope.node.script.variables;

import static java.util.Map.entry;

import io.sipscope.node.script.value.Value;
import io.sipscope.protocol.net.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What is taken out of a text that has parts: a URI, parameters, a list, a Via, an address. Beside
/// those of [Transformations].
final class PartTransformations {
  private static final Value NULL = Value.Missing.NULL;

  /// `SIP/2.0/UDP host:port;parameters`, IPv6 in brackets.
  private static final Pattern VIA =
      Pattern.compile(
          "\\s*([^/\\s;,]+)\\s*/\\s*([^/\\s;,]+)\\s*/\\s*([^/\\s;,]+)\\s+(\\[[^\\]]*]|[^:;,\\s]+)"
              + "(?:\\s*:\\s*(\\d{1,5}))?\\s*(?:;([^,]*))?.*",
          Pattern.DOTALL);

  private static final int VIA_VERSION = 2;
  private static final int VIA_TRANSPORT = 3;
  private static final int VIA_HOST = 4;
  private static final int VIA_PORT = 5;
  private static final int VIA_PARAMETERS = 6;

  private PartTransformations() {}

  static Map<String, Transformation> all() {
    return Map.ofEntries(
        entry("uri.schema", of(text -> before(text, ':'))),
        entry("uri.passwd", of(PartTransformations::password)),
        entry("uri.transport", (value, _) -> UriText.of(value.asText()).transport()),
        entry("uri.params", of(text -> after(before(text, '?'), ';'))),
        entry("uri.headers", of(text -> after(text, '?'))),
        entry("param.count", (value, given) -> Value.of(parts(value, given, 0).size())),
        entry("param.name", (value, given) -> parameter(value, given, part -> before(part, '='))),
        entry("param.valueat", (value, given) -> parameter(value, given, part -> after(part, '='))),
        entry("nameaddr.param", PartTransformations::nameAddrParameter),
        entry("nameaddr.params", of(text -> after(text.substring(angle(text)), ';'))),
        entry("nameaddr.len", (value, _) -> Value.of(value.asText().length())),
        entry("csv.count", (value, _) -> Value.of(list(value).size())),
        entry("csv.value", (value, given) -> Indexed.of(list(value), number(given, 0))),
        entry("via.name", via(1)),
        entry("via.version", via(VIA_VERSION)),
        entry("via.transport", via(VIA_TRANSPORT)),
        entry("via.host", via(VIA_HOST)),
        entry("via.port", via(VIA_PORT)),
        entry("via.params", via(VIA_PARAMETERS)),
        entry("via.param", (value, given) -> viaParameter(value, argument(given, 0))),
        entry("via.branch", (value, _) -> viaParameter(value, "branch")),
        entry("via.received", (value, _) -> viaParameter(value, "received")),
        entry("via.rport", (value, _) -> viaParameter(value, "rport")),
        entry("ip.isip", (value, _) -> Value.of(address(value).isPresent() ? 1 : 0)),
        entry("ip.family", PartTransformations::family));
  }

  private static Transformation of(Function<String, String> part) {
    return (value, _) -> Plain.present(part.apply(value.asText()));
  }

  private static String argument(List<Value> given, int place) {
    return place < given.size() ? given.get(place).asText() : "";
  }

  private static Value number(List<Value> given, int place) {
    return Value.of(place < given.size() ? given.get(place).asNumber().orElse(0) : 0);
  }

  private static String before(String text, char end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }

  private static String after(String text, char start) {
    int at = text.indexOf(start);
    return at < 0 ? "" : text.substring(at + 1);
  }

  private static String password(String uri) {
    int at = uri.indexOf('@');
    return at < 0 ? "" : after(after(uri.substring(0, at), ':'), ':');
  }

  private static List<String> parts(Value value, List<Value> given, int place) {
    var separator = argument(given, place);
    var text = value.asText();
    return text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(Pattern.quote(separator.isEmpty() ? ";" : separator), -1))
            .map(String::strip)
            .toList();
  }

  private static Value parameter(Value value, List<Value> given, Function<String, String> side) {
    var one = Indexed.of(parts(value, given, 1), number(given, 0));
    return one.isNull() ? one : Plain.present(side.apply(one.asText()).strip());
  }

  private static int angle(String text) {
    return Math.max(0, text.lastIndexOf('>'));
  }

  private static Value nameAddrParameter(Value value, List<Value> given) {
    var text = value.asText();
    var parameters = text.substring(angle(text));
    return UriText.parameter(after(parameters, ';'), argument(given, 0), ';')
        .map(Value::of)
        .orElse(NULL);
  }

  /// Commas in quotes part nothing.
  private static List<String> list(Value value) {
    var text = value.asText();
    var all = new ArrayList<String>();
    boolean quoted = false;
    int from = 0;
    for (int at = 0; at < text.length(); at++) {
      quoted ^= text.charAt(at) == '"';
      if (!quoted && text.charAt(at) == ',') {
        all.add(text.substring(from, at).strip());
        from = at + 1;
      }
    }
    all.add(text.substring(from).strip());
    return all;
  }

  private static Transformation via(int group) {
    return (value, _) -> Plain.present(via(value, group).orElse(""));
  }

  private static Optional<String> via(Value value, int group) {
    var form = VIA.matcher(value.asText());
    return form.matches() ? Optional.ofNullable(form.group(group)) : Optional.empty();
  }

  private static Value viaParameter(Value value, String name) {
    return via(value, VIA_PARAMETERS)
        .flatMap(parameters -> UriText.parameter(parameters, name, ';'))
        .map(Value::of)
        .orElse(NULL);
  }

  private static Optional<IpAddress> address(Value value) {
    var text = value.asText().strip();
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    return IpAddress.parse(bracketed ? text.substring(1, text.length() - 1) : text);
  }

  private static Value family(Value value, List<Value> given) {
    return address(value).map(ip -> Value.of(ip.v6() ? "INET6" : "INET")).orElse(NULL);
  }
}
