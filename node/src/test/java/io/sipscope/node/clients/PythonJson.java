package io.sipscope.node.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// JSON as Python's `json` module writes and reads it: `", "` between members, `": "` after a name,
/// nothing but ASCII; and nothing may follow the value that is read.
final class PythonJson {
  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private PythonJson() {}

  static JsonNode of(Object value) {
    return MAPPER.valueToTree(value);
  }

  static String dumps(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT ->
          joined(
              value.properties(),
              "{",
              member -> quoted(member.getKey()) + ": " + dumps(member.getValue()),
              "}");
      case ARRAY -> joined(value, "[", PythonJson::dumps, "]");
      case STRING -> quoted(value.asText());
      default -> value.toString();
    };
  }

  static JsonNode loads(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  private static <T> String joined(
      Iterable<T> parts, String open, Function<T, String> text, String close) {
    return StreamSupport.stream(parts.spliterator(), false)
        .map(text)
        .collect(Collectors.joining(", ", open, close));
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              switch (c) {
                case '"', '\\' -> quoted.append('\\').append((char) c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                  if (c < ' ' || c > '~') {
                    quoted.append("\\u%04x".formatted(c));
                  } else {
                    quoted.append((char) c);
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }

  static JsonNode array(Object... values) {
    return of(List.of(values));
  }
}
