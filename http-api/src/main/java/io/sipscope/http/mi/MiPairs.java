package io.sipscope.http.mi;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.util.List;

/// A JSON object in which a key may come twice, as OpenSIPS answers what was asked for twice:
/// `{"core:rcv_requests":0,"core:rcv_requests":0}`. RFC 8259 §4 allows it; Jackson's own objects
/// don't.
public record MiPairs(List<Pair> pairs) implements JsonSerializable {

  public record Pair(String name, JsonNode value) {}

  public MiPairs {
    pairs = List.copyOf(pairs);
  }

  /// As a node to answer with.
  public JsonNode json() {
    return new POJONode(this);
  }

  /// The members of an object, whichever of the two it is; none of anything else.
  public static List<Pair> of(JsonNode node) {
    if (node instanceof POJONode pojo && pojo.getPojo() instanceof MiPairs(var pairs)) {
      return pairs;
    }
    return node.properties().stream()
        .map(member -> new Pair(member.getKey(), member.getValue()))
        .toList();
  }

  static boolean isObject(JsonNode node) {
    return node.isObject() || (node instanceof POJONode pojo && pojo.getPojo() instanceof MiPairs);
  }

  @Override
  public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
    generator.writeStartObject();
    for (var pair : pairs) {
      generator.writeFieldName(pair.name());
      pair.value().serialize(generator, provider);
    }
    generator.writeEndObject();
  }

  @Override
  public void serializeWithType(
      JsonGenerator generator, SerializerProvider provider, TypeSerializer types)
      throws IOException {
    serialize(generator, provider);
  }
}
