package io.sipscope.http.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// How the API's records become JSON: their components in order, absent values as `null`.
public final class Json {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON for " + value.getClass().getName(), e);
    }
  }

  /// What was sent to us; empty for what is no JSON.
  public static Optional<JsonNode> read(byte[] json) {
    try {
      return Optional.of(MAPPER.readTree(json));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// The same as a tree.
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  public static HttpResponse ok(Object value) {
    return HttpResponse.create()
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, bytes(value)));
  }
}
