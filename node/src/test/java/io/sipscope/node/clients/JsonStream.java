package io.sipscope.node.clients;

import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Events as the Python clients take them out of what was read: `raw_decode` again and again, which
/// wants one object right after the other. A blank between them stops it for good.
final class JsonStream {
  private static final JsonMapper MAPPER = new JsonMapper();

  private String rest = "";

  /// @return the events that are whole now
  List<JsonNode> push(String text) {
    rest += text;
    var events = new ArrayList<JsonNode>();
    while (!rest.isEmpty()) {
      if (rest.charAt(0) != '{') {
        throw new AssertionError("raw_decode finds no object in: " + rest);
      }
      try (var parser = MAPPER.createParser(rest)) {
        events.add(parser.readValueAsTree());
        rest = rest.substring((int) parser.currentLocation().getCharOffset());
      } catch (JsonEOFException _) {
        return events;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return events;
  }
}
