package io.sipscope.node.script.variables;

import static java.util.Map.entry;

import io.sipscope.node.script.value.Value;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.net.IpBlock;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Transformations that escape, and those of session descriptions and addresses.
final class EscapeTransformations {
  /// Characters that stay as they are in the user part of a URI (RFC 3261 §25.1 `user`).
  private static final String OF_A_USER = "-_.!~*'()&=+$,;?/";

  /// The same in a parameter of a URI (`param-unreserved`, `unreserved`).
  private static final String OF_A_PARAMETER = "-_.!~*'()[]/:&+$";

  private EscapeTransformations() {}

  static Map<String, Transformation> all() {
    return Map.ofEntries(
        entry("s.escape.common", text(text -> text.replaceAll("([\\\\'\"])", "\\\\$1"))),
        entry("s.unescape.common", text(text -> text.replaceAll("\\\\([\\\\'\"])", "$1"))),
        entry("s.escape.user", text(text -> escaped(text, OF_A_USER))),
        entry("s.unescape.user", (value, _) -> unescaped(value.asText())),
        entry("s.escape.param", text(text -> escaped(text, OF_A_PARAMETER))),
        entry("s.unescape.param", (value, _) -> unescaped(value.asText())),
        entry("sdp.line", EscapeTransformations::line),
        entry("ip.matches", EscapeTransformations::matches),
        // The bytes of an address are of no use here: it stays as it is written.
        entry("ip.pton", (value, _) -> address(value)),
        entry("ip.ntop", (value, _) -> address(value)));
  }

  private static Transformation text(UnaryOperator<String> change) {
    return (value, _) -> Value.of(change.apply(value.asText()));
  }

  private static String argument(List<Value> arguments) {
    return arguments.isEmpty() ? "" : arguments.getFirst().asText().strip();
  }

  private static String escaped(String text, String unreserved) {
    var all = new StringBuilder();
    for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
      var character = (char) (octet & 0xFF);
      var isPlain =
          character < 0x80
              && (Character.isLetterOrDigit(character) || unreserved.indexOf(character) >= 0);
      if (isPlain) {
        all.append(character);
      } else {
        all.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
      }
    }
    return all.toString();
  }

  private static Value unescaped(String text) {
    try {
      return Value.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return Value.Missing.NULL;
    }
  }

  /// `{sdp.line,a,1}`: the second line of a kind; the first without a number.
  private static Value line(Value value, List<Value> arguments) {
    var start = argument(arguments) + "=";
    var found = value.asText().lines().filter(line -> line.startsWith(start)).toList();
    return Indexed.of(found, arguments.size() < 2 ? Value.of(0) : arguments.get(1));
  }

  private static Value address(Value value) {
    return IpAddress.parse(value.asText().strip()).isPresent() ? value : Value.Missing.NULL;
  }

  private static Value matches(Value value, List<Value> arguments) {
    var block = IpBlock.parse(argument(arguments));
    var address = IpAddress.parse(value.asText().strip());
    return Value.of(block.isPresent() && address.filter(block.get()::holds).isPresent() ? 1 : 0);
  }
}
