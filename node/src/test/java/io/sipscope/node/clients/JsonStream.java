package io.sipscope.node.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Events as the Python clients take them out of what was read: `raw_decode` again and again, which
/// wants one object right after the other. A blank between them stops it for good.
final class JsonStream {
  private String rest = "";

  /// @return the events that are whole now
  List<JsonNode> push(String text) throws JsonProcessingException {
    rest += text;
    var events = new ArrayList<JsonNode>();
    while (!rest.isEmpty()) {
      if (rest.charAt(0) != '{') {
        throw new AssertionError("raw_decode finds no object in: " + rest);
      }
      try (var parser = PythonJson.MAPPER.createParser(rest)) {
        events.add(parser.readValueAsTree());
        rest = rest.substring((int) parser.currentLocation().getCharOffset());
      } catch (JsonEOFException _) {
        return events;
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return events;
  }
}
