package io.sipscope.node.script.variables;

import static java.util.Map.entry;

import io.sipscope.node.script.value.Value;
import io.sipscope.protocol.sip.NameAddr;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// What is made of a value, as OpenSIPS has it: `$(ru{uri.user})`, `$(fU{s.substr,0,3})`. Null
/// stays null.
public final class Transformations {
  private static final Map<String, Transformation> ALL =
      Map.ofEntries(
          entry("s.len", (value, _) -> Value.of(value.asText().length())),
          entry("s.int", (value, _) -> number(value.asText())),
          entry("s.substr", Transformations::substring),
          entry("s.select", Transformations::select),
          entry("s.index", Transformations::index),
          entry("s.tolower", text(text -> text.toLowerCase(Locale.ROOT))),
          entry("s.toupper", text(text -> text.toUpperCase(Locale.ROOT))),
          entry("s.trim", text(String::strip)),
          entry("s.triml", text(String::stripLeading)),
          entry("s.trimr", text(String::stripTrailing)),
          entry("uri.user", (value, _) -> UriText.of(value.asText()).user()),
          entry("uri.host", (value, _) -> UriText.of(value.asText()).host()),
          entry("uri.port", (value, _) -> UriText.of(value.asText()).port()),
          entry("uri.param", Transformations::uriParameter),
          entry("param.value", Transformations::parameter),
          entry(
              "param.exist",
              (value, arguments) -> Value.of(parameter(value, arguments).isNull() ? 0 : 1)),
          entry("nameaddr.name", (value, _) -> present(NameAddr.of(value.asText()).displayName())),
          entry("nameaddr.uri", (value, _) -> present(NameAddr.of(value.asText()).uri())));

  private static final Map<String, Transformation> NULL_STAYS = guarded();

  private Transformations() {}

  public static Map<String, Transformation> all() {
    return NULL_STAYS;
  }

  private static Map<String, Transformation> guarded() {
    var all = new HashMap<>(ALL);
    all.putAll(TextTransformations.all());
    all.putAll(PartTransformations.all());
    all.putAll(EscapeTransformations.all());
    all.put("re.subst", Substitution::of);
    all.replaceAll(
        (_, made) -> (value, arguments) -> value.isNull() ? value : made.of(value, arguments));
    return Map.copyOf(all);
  }

  private static Transformation text(UnaryOperator<String> change) {
    return (value, _) -> Value.of(change.apply(value.asText()));
  }

  private static Value present(String text) {
    return Plain.present(text);
  }

  /// The digits that it begins with, as `atoi` of C; 0 when there are none.
  private static Value number(String text) {
    var stripped = text.strip();
    int end = !stripped.isEmpty() && "+-".indexOf(stripped.charAt(0)) >= 0 ? 1 : 0;
    while (end < stripped.length() && isDigit(stripped.charAt(end))) {
      end++;
    }
    var number = Value.of(stripped.substring(0, end)).asNumber();
    return Value.of(number.orElse(0));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String argument(List<Value> arguments, int place) {
    return place < arguments.size() ? arguments.get(place).asText() : "";
  }

  private static long number(List<Value> arguments, int place) {
    return place < arguments.size() ? arguments.get(place).asNumber().orElse(0) : 0;
  }

  /// Offset, from the end when it is negative, and length; 0 = to the end.
  private static Value substring(Value value, List<Value> arguments) {
    var text = value.asText();
    long offset = number(arguments, 0);
    long from = offset < 0 ? offset + text.length() : offset;
    long length = number(arguments, 1);
    if (from < 0 || from > text.length() || length < 0) {
      return Value.Missing.NULL;
    }
    long end = length == 0 ? text.length() : Math.min(text.length(), from + length);
    return end < from ? Value.Missing.NULL : Value.of(text.substring((int) from, (int) end));
  }

  /// The n-th part between separators, from the end when negative.
  private static Value select(Value value, List<Value> arguments) {
    var given = argument(arguments, 1);
    var separator = given.isEmpty() ? "," : given;
    var parts = value.asText().split(Pattern.quote(separator), -1);
    return Indexed.of(Arrays.asList(parts), Value.of(number(arguments, 0)));
  }

  /// Where a text is, -1 when it is not; from an offset when one is given.
  private static Value index(Value value, List<Value> arguments) {
    int from = Math.clamp(number(arguments, 1), 0, Integer.MAX_VALUE);
    return Value.of(value.asText().indexOf(argument(arguments, 0), from));
  }

  private static Value uriParameter(Value value, List<Value> arguments) {
    return UriText.of(value.asText())
        .parameter(argument(arguments, 0))
        .map(Value::of)
        .orElse(Value.Missing.NULL);
  }

  /// Of `a=1;b=2`, or with another separator.
  private static Value parameter(Value value, List<Value> arguments) {
    var given = argument(arguments, 1);
    char separator = given.isEmpty() ? ';' : given.charAt(0);
    return UriText.parameter(value.asText(), argument(arguments, 0), separator)
        .map(Value::of)
        .orElse(Value.Missing.NULL);
  }
}
