package io.sipscope.http.mi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a command was given for the parameters of one of its recipes: all there, each of its type.
public final class MiArguments {
  private final Map<String, JsonNode> values;

  private MiArguments(Map<String, JsonNode> values) {
    this.values = values;
  }

  /// What was given, or why it does not fit.
  sealed interface Read {
    record Fitting(MiArguments arguments) implements Read {}

    record Unfitting(String why) implements Read {}
  }

  /// @param given in the order of the parameters, one each
  static Read read(List<MiParameter> parameters, List<JsonNode> given) {
    var values = new LinkedHashMap<String, JsonNode>();
    for (int i = 0; i < parameters.size(); i++) {
      var parameter = parameters.get(i);
      var why = misfit(parameter, given.get(i));
      if (why.isPresent()) {
        return new Read.Unfitting(why.get());
      }
      values.put(parameter.name(), given.get(i));
    }
    return new Read.Fitting(new MiArguments(values));
  }

  private static Optional<String> misfit(MiParameter parameter, JsonNode value) {
    boolean fits =
        switch (parameter.type()) {
          case TEXT -> isScalar(value);
          case INTEGER -> isInteger(value);
          case ARRAY -> value.isArray();
          case ANY -> true;
        };
    if (!fits) {
      return Optional.of("Bad type for parameter '" + parameter.name() + "'");
    }
    return parameter.type() == MiParameter.Type.ARRAY
        ? badArray(parameter.name(), value)
        : Optional.empty();
  }

  private static Optional<String> badArray(String name, JsonNode array) {
    if (array.isEmpty()) {
      return Optional.of("Empty array in parameter '" + name + "'");
    }
    for (var item : array) {
      if (!isScalar(item)) {
        return Optional.of("Bad type for array item in parameter '" + name + "'");
      }
    }
    return Optional.empty();
  }

  private static boolean isScalar(JsonNode value) {
    return value.isTextual() || value.isNumber();
  }

  private static boolean isInteger(JsonNode value) {
    return value.isNumber() || (value.isTextual() && value.asText().strip().matches("[+-]?\\d+"));
  }

  public String text(String name) {
    return values.get(name).asText();
  }

  /// Cut to 32 bits, as OpenSIPS does.
  public int integer(String name) {
    var value = values.get(name);
    return (int) (value.isNumber() ? value.asDouble() : Double.parseDouble(value.asText().strip()));
  }

  public List<String> texts(String name) {
    var texts = new ArrayList<String>();
    values.get(name).forEach(item -> texts.add(item.asText()));
    return List.copyOf(texts);
  }

  /// What came for a parameter of type [MiParameter.Type#ANY].
  public JsonNode json(String name) {
    return values.get(name);
  }
}
