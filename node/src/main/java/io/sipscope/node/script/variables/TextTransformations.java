package io.sipscope.node.script.variables;

import static java.util.Map.entry;

import io.sipscope.node.script.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What is made of a text as a whole, `{s.md5}` and others beside those of [Transformations].
final class TextTransformations {
  /// Texts that are filled up to a length.
  private static final int WIDEST = 10_000;

  private static final int HEX = 16;
  private static final int HEX_DIGITS = 15;

  private TextTransformations() {}

  static Map<String, Transformation> all() {
    return Map.ofEntries(
        entry("s.numeric", text(text -> text.replaceAll("[^0-9]", ""))),
        entry("s.reverse", text(text -> new StringBuilder(text).reverse().toString())),
        entry("s.md5", text(text -> Digests.md5(bytes(text)))),
        entry("s.rindex", TextTransformations::lastIndex),
        entry("s.fill.left", (value, given) -> filled(value, given, /* left */ true)),
        entry("s.fill.right", (value, given) -> filled(value, given, /* left */ false)),
        entry("s.width", TextTransformations::width),
        entry("s.encode.hexa", text(text -> HexFormat.of().formatHex(bytes(text)))),
        entry("s.decode.hexa", decoded(HexFormat.of()::parseHex)),
        entry("s.b64encode", text(text -> Base64.getEncoder().encodeToString(bytes(text)))),
        entry("s.b64decode", decoded(Base64.getDecoder()::decode)),
        entry("s.dec2hex", TextTransformations::hex),
        entry("s.hex2dec", TextTransformations::decimal));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Transformation text(UnaryOperator<String> change) {
    return (value, _) -> Value.of(change.apply(value.asText()));
  }

  /// Null for what is not encoded so.
  private static Transformation decoded(Function<String, byte[]> decoding) {
    return (value, _) -> {
      try {
        return Value.of(new String(decoding.apply(value.asText()), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException _) {
        return Value.Missing.NULL;
      }
    };
  }

  private static String argument(List<Value> given, int place) {
    return place < given.size() ? given.get(place).asText() : "";
  }

  private static int number(List<Value> given, int place, int most) {
    long number = place < given.size() ? given.get(place).asNumber().orElse(0) : 0;
    return Math.clamp(number, 0, most);
  }

  private static Value lastIndex(Value value, List<Value> given) {
    int from = given.size() > 1 ? number(given, 1, Integer.MAX_VALUE) : Integer.MAX_VALUE;
    return Value.of(value.asText().lastIndexOf(argument(given, 0), from));
  }

  /// A text, and how long the whole is to be.
  private static Value filled(Value value, List<Value> given, boolean left) {
    var fill = argument(given, 0);
    var whole = new StringBuilder(value.asText());
    int length = number(given, 1, WIDEST);
    while (!fill.isEmpty() && whole.length() + fill.length() <= length) {
      whole.insert(left ? 0 : whole.length(), fill);
    }
    return Value.of(whole.toString());
  }

  /// Cut to a length, or filled up to it with blanks.
  private static Value width(Value value, List<Value> given) {
    int length = number(given, 0, WIDEST);
    var text = value.asText();
    return Value.of(
        text.length() >= length
            ? text.substring(0, length)
            : text + " ".repeat(length - text.length()));
  }

  private static Value hex(Value value, List<Value> given) {
    var number = value.asNumber();
    return number.isPresent()
        ? Value.of(Long.toHexString(number.getAsLong()).toLowerCase(Locale.ROOT))
        : Value.Missing.NULL;
  }

  private static Value decimal(Value value, List<Value> given) {
    var digits = value.asText().strip();
    return digits.matches("[0-9a-fA-F]{1," + HEX_DIGITS + "}")
        ? Value.of(Long.parseLong(digits, HEX))
        : Value.Missing.NULL;
  }
}
