package io.sipscope.node.script.value;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/// What a pseudo-variable holds and an expression comes to.
public sealed interface Value {
  /// What is missing.
  enum Missing implements Value {
    NULL
  }

  record Whole(long value) implements Value {}

  record Text(String value) implements Value {}

  /// What a text must look like to be taken for a number.
  Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}");

  static Value of(long number) {
    return new Whole(number);
  }

  static Value of(String text) {
    return new Text(text);
  }

  default boolean isNull() {
    return this == Missing.NULL;
  }

  /// As it is written into a string: null is `<null>`, as OpenSIPS prints it.
  default String asText() {
    return switch (this) {
      case Missing.NULL -> "<null>";
      case Whole(long value) -> Long.toString(value);
      case Text(var value) -> value;
    };
  }

  /// As a number; empty for null, and for a text that is none.
  default OptionalLong asNumber() {
    return switch (this) {
      case Missing.NULL -> OptionalLong.empty();
      case Whole(long number) -> OptionalLong.of(number);
      case Text(var text) ->
          NUMBER.matcher(text).matches()
              ? OptionalLong.of(Long.parseLong(text))
              : OptionalLong.empty();
    };
  }

  /// As a condition: a number other than 0, a text that is not empty.
  default boolean isTrue() {
    return switch (this) {
      case Missing.NULL -> false;
      case Whole(long number) -> number != 0;
      case Text(var text) -> !text.isEmpty();
    };
  }
}
