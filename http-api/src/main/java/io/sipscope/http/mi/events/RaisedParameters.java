package io.sipscope.http.mi.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.persistence.events.Event;

/// The parameters that `raise_event` was given, as OpenSIPS reads them.
///
/// | given | is |
/// | --- | --- |
/// | nothing, `[]` | no parameters |
/// | an array | texts by their place |
/// | a text that holds a JSON object | named texts and whole numbers; anything else as its JSON |
/// | any other text | `Bad Params` |
/// | any other value | `No Params` |
sealed interface RaisedParameters {
  record Fit(Event event) implements RaisedParameters {}

  record Unfit(String why) implements RaisedParameters {}

  RaisedParameters BAD = new Unfit("Bad Params");
  RaisedParameters NONE = new Unfit("No Params");
  ObjectMapper MAPPER = new ObjectMapper();

  /// @param params `null` where none were given
  static RaisedParameters read(String name, JsonNode params) {
    var event = Event.of(name);
    if (params == null) {
      return new Fit(event);
    }
    if (params.isArray()) {
      return placed(event, params);
    }
    return params.isTextual() || params.isNumber() ? named(event, params.asText()) : NONE;
  }

  private static RaisedParameters placed(Event event, JsonNode array) {
    var filled = event;
    for (var item : array) {
      if (!item.isTextual() && !item.isNumber()) {
        return BAD;
      }
      filled = filled.with("", item.asText());
    }
    return new Fit(filled);
  }

  private static RaisedParameters named(Event event, String text) {
    JsonNode object;
    try {
      object = MAPPER.readTree(text);
    } catch (JsonProcessingException _) {
      return BAD;
    }
    if (object == null || !object.isObject()) {
      return BAD;
    }
    var filled = event;
    for (var entry : object.properties()) {
      var value = entry.getValue();
      filled =
          value.isNumber()
              ? filled.with(entry.getKey(), (int) value.asDouble())
              : filled.with(entry.getKey(), value.isTextual() ? value.asText() : value.toString());
    }
    return new Fit(filled);
  }
}
