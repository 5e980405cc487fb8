package io.sipscope.node.script.variables;

import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.ScriptFailure;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.json.Json;
import io.sipscope.protocol.json.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON document that a script takes apart and puts together. Of members of one name the last
/// counts.
sealed interface JsonNode {
  record Dict(Map<String, JsonNode> members) implements JsonNode {}

  record Items(List<JsonNode> elements) implements JsonNode {}

  record Text(String text) implements JsonNode {}

  /// A number, `true`, `false` or `null`, as it is written.
  record Word(String word) implements JsonNode {}

  static JsonNode number(long value) {
    return new Word(Long.toString(value));
  }

  /// Reads one document; empty when the text is none.
  static Optional<JsonNode> read(String text) {
    var reader = new JsonReader(Bytes.of(text));
    var first = reader.next();
    return first.isPresent() && reader.atEnd() ? first.map(JsonNode::of) : Optional.empty();
  }

  private static JsonNode of(Json json) {
    return switch (json) {
      case Json.Text(var bytes) -> new Text(bytes.utf8());
      case Json.Numeral(var digits) -> new Word(digits);
      case Json.Bool(var value) -> new Word(Boolean.toString(value));
      case Json.Null _ -> new Word("null");
      case Json.Array(var elements) -> {
        var items = new ArrayList<JsonNode>();
        elements.forEach(element -> items.add(of(element)));
        yield new Items(items);
      }
      case Json.Dict(var members) -> {
        var dict = new LinkedHashMap<String, JsonNode>();
        members.forEach(member -> dict.put(member.name(), of(member.value())));
        yield new Dict(dict);
      }
    };
  }

  /// Compact JSON.
  default String json() {
    var out = new StringBuilder();
    write(out);
    return out.toString();
  }

  private static void bounded(StringBuilder out) {
    if (out.length() > Run.LONGEST_TEXT) {
      throw new ScriptFailure("a document grew beyond " + Run.LONGEST_TEXT + " characters");
    }
  }

  private void write(StringBuilder out) {
    switch (this) {
      case Word(var word) -> out.append(word);
      case Text(var text) -> quote(text, out);
      case Items(var elements) -> {
        var separator = "[";
        for (var element : elements) {
          out.append(separator);
          element.write(out);
          bounded(out);
          separator = ",";
        }
        out.append(elements.isEmpty() ? "[]" : "]");
      }
      case Dict(var members) -> {
        var separator = "{";
        for (var member : members.entrySet()) {
          out.append(separator);
          quote(member.getKey(), out);
          out.append(':');
          member.getValue().write(out);
          bounded(out);
          separator = ",";
        }
        out.append(members.isEmpty() ? "{}" : "}");
      }
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u00").append(c < 16 ? "0" : "").append(Integer.toHexString(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
