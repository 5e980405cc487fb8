package io.sipscope.http.query;

import static org.apache.pekko.http.javadsl.server.Directives.extractStrictEntity;
import static org.apache.pekko.http.javadsl.server.Directives.withSizeLimit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.http.Problem;
import io.sipscope.protocol.sip.CallId;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.server.Route;

/// Dialogs chosen one by one, as the body of a request: `{"keys": ["a84b4c76e66710", ...]}`, each a
/// Call-ID or an entity key. A query would have no room for them.
public final class ChosenKeys {
  /// A key is 200 bytes at most; JSON may write each of them in six.
  private static final long MAX_KEY_BYTES = 1_300;

  /// A body that was complete when it was sent comes within this, or not at all.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ChosenKeys() {}

  /// @param most how many there may be
  /// @param inner given the entity keys, each once, in the order of the body
  public static Route read(int most, Function<List<String>, Route> inner) {
    return withSizeLimit(
        (most + 1) * MAX_KEY_BYTES,
        () ->
            extractStrictEntity(
                PATIENCE, entity -> inner.apply(keys(entity.getData().toArray(), most))));
  }

  private static List<String> keys(byte[] body, int most) {
    var keys = new LinkedHashSet<String>();
    for (var key : tree(body).path("keys")) {
      if (!key.isTextual() || key.textValue().isEmpty()) {
        throw bad("\"keys\" has a " + key.getNodeType() + " in it (wanted: Call-IDs as strings)");
      }
      keys.add(CallId.of(key.textValue()).key());
    }
    if (keys.isEmpty()) {
      throw bad("\"keys\" is empty or not there (wanted: {\"keys\": [\"a Call-ID\"]})");
    }
    if (keys.size() > most) {
      throw bad("\"keys\" has " + keys.size() + " dialogs (wanted: at most " + most + ")");
    }
    return List.copyOf(keys);
  }

  private static JsonNode tree(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw bad("The body is no JSON (wanted: {\"keys\": [\"a Call-ID\"]})");
    }
  }

  private static Problem.Refused bad(String detail) {
    return Problem.badParameter("keys", detail).refused();
  }
}
