package io.sipscope.http.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sipscope.http.json.Rfc3339;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.Event.Value;
import io.sipscope.persistence.events.EventSeat.Noted;

/// An event as the API shows it.
///
/// @param id larger than those before
/// @param at by the clock of the node it happened on
/// @param node its address
/// @param params an object of named parameters, an array of those without a name; an empty object
///     when there are none
public record EventJson(long id, String at, String name, String node, JsonNode params) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final long NANOS_IN_MILLI = 1_000_000;

  static EventJson of(Noted noted) {
    var happened = noted.happened();
    return new EventJson(
        noted.id(),
        Rfc3339.text(happened.at() * NANOS_IN_MILLI),
        happened.event().name(),
        happened.node(),
        params(happened.event()));
  }

  /// Parameters as subscribers are told them, too.
  public static JsonNode params(Event event) {
    return event.isNamed() || event.parameters().isEmpty() ? members(event) : items(event);
  }

  private static JsonNode members(Event event) {
    var members = JSON.objectNode();
    for (var parameter : event.parameters()) {
      switch (parameter.value()) {
        case Value.Text(var text) -> members.put(parameter.name(), text);
        case Value.Whole(long number) -> members.put(parameter.name(), number);
      }
    }
    return members;
  }

  private static JsonNode items(Event event) {
    var items = JSON.arrayNode();
    for (var parameter : event.parameters()) {
      switch (parameter.value()) {
        case Value.Text(var text) -> items.add(text);
        case Value.Whole(long number) -> items.add(number);
      }
    }
    return items;
  }
}
