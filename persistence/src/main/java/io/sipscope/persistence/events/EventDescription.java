package io.sipscope.persistence.events;

import java.util.List;

/// What is to be known of an event before it happens.
///
/// @param parameters in the order they are told
/// @param cause when it is raised, half a sentence
public record EventDescription(
    String name, Origin origin, List<Parameter> parameters, String cause) {
  public EventDescription {
    parameters = List.copyOf(parameters);
  }

  /// Whose event it is.
  public enum Origin {
    /// OpenSIPS's core.
    CORE,
    /// OpenSIPS's dialogs.
    CALLS,
    /// Sipscope's own.
    OWN
  }

  /// @param whole whether it is a whole number; otherwise a text
  /// @param optional whether it may be missing
  public record Parameter(String name, boolean whole, boolean optional) {}

  /// @param parameters each a name; `#` behind it: a whole number; then `?`: may be missing
  static EventDescription of(String name, Origin origin, String cause, String... parameters) {
    return new EventDescription(
        name,
        origin,
        List.of(parameters).stream().map(EventDescription::parameter).toList(),
        cause);
  }

  private static Parameter parameter(String text) {
    boolean optional = text.endsWith("?");
    var rest = optional ? text.substring(0, text.length() - 1) : text;
    boolean whole = rest.endsWith("#");
    return new Parameter(whole ? rest.substring(0, rest.length() - 1) : rest, whole, optional);
  }
}
