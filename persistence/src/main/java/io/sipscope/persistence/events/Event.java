package io.sipscope.persistence.events;

import java.util.ArrayList;
import java.util.List;

/// Something that happened and that a subscriber may be told of, as OpenSIPS's event interface has
/// it: a name, and parameters in an order of their own.
public record Event(String name, List<Parameter> parameters) {
  public Event {
    parameters = List.copyOf(parameters);
  }

  /// @param name empty for a parameter that is told by its place only
  public record Parameter(String name, Value value) {}

  /// What a parameter is.
  public sealed interface Value {
    record Text(String text) implements Value {}

    record Whole(long number) implements Value {}
  }

  /// An event without parameters, to be given some.
  public static Event of(String name) {
    return new Event(name, List.of());
  }

  public Event with(String parameter, String text) {
    return with(new Parameter(parameter, new Value.Text(text)));
  }

  public Event with(String parameter, long number) {
    return with(new Parameter(parameter, new Value.Whole(number)));
  }

  private Event with(Parameter parameter) {
    var more = new ArrayList<>(parameters);
    more.add(parameter);
    return new Event(name, more);
  }

  /// Whether its parameters have names: the first one tells, as in OpenSIPS.
  public boolean isNamed() {
    return !parameters.isEmpty() && !parameters.getFirst().name().isEmpty();
  }
}
