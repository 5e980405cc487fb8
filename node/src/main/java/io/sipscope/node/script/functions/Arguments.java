package io.sipscope.node.script.functions;

import io.sipscope.node.script.run.Place;
import io.sipscope.node.script.run.Term;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What a function is called with at one place, by the places of its parameters.
public final class Arguments {
  private final List<Optional<Argument>> given;
  private final Consumer<String> warnings;

  /// @param value reads it; for a variable to write to it is a [Place]
  /// @param literal what it is when no pseudo-variable is in it
  public record Argument(Term value, Optional<String> literal) {}

  /// @param given one a parameter; empty for one that was left out
  /// @param warnings hears what is odd about it, one sentence each
  public Arguments(List<Optional<Argument>> given, Consumer<String> warnings) {
    this.given = List.copyOf(given);
    this.warnings = warnings;
  }

  /// Says that something is odd with the call; it is made all the same.
  public void warn(String sentence) {
    warnings.accept(sentence);
  }

  public boolean has(int place) {
    return given.get(place).isPresent();
  }

  /// @throws java.util.NoSuchElementException when it was left out
  public Term value(int place) {
    return given.get(place).orElseThrow().value();
  }

  /// What is known when the script is read; empty when it was left out, or has variables in it.
  public Optional<String> literal(int place) {
    return given.get(place).flatMap(Argument::literal);
  }

  /// @throws java.util.NoSuchElementException when it was left out
  public Place variable(int place) {
    return (Place) value(place);
  }
}
