package io.sipscope.http.mi.statistics;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// A JSON object that has a name as often as it was asked for: OpenSIPS repeats the key.
@SuppressWarnings("unchecked") // of deepCopy() in ObjectNode itself
final class Pairs extends ObjectNode {
  private static final long serialVersionUID = 1L;

  private record Pair(String name, JsonNode value) {}

  private final transient List<Pair> pairs = new ArrayList<>();

  Pairs() {
    super(JsonNodeFactory.instance);
  }

  void add(String name, JsonNode value) {
    pairs.add(new Pair(name, value));
    set(name, value);
  }

  void add(String name, String value) {
    add(name, TextNode.valueOf(value));
  }

  /// Printed as OpenSIPS does: unsigned, so that -1 is 18446744073709551615.
  void add(String name, long value) {
    add(
        name,
        value >= 0
            ? LongNode.valueOf(value)
            : BigIntegerNode.valueOf(new BigInteger(Long.toUnsignedString(value))));
  }

  /// Each as something else, by its name and its value as a text.
  <T> List<T> texts(BiFunction<String, String, T> each) {
    return pairs.stream().map(pair -> each.apply(pair.name(), pair.value().asText())).toList();
  }

  @Override
  public void serialize(JsonGenerator out, SerializerProvider provider) throws IOException {
    out.writeStartObject(this);
    for (var pair : pairs) {
      out.writeFieldName(pair.name());
      pair.value().serialize(out, provider);
    }
    out.writeEndObject();
  }
}
