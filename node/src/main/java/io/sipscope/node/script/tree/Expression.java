package io.sipscope.node.script.tree;

import io.sipscope.protocol.net.IpBlock;
import java.util.List;
import java.util.Optional;

/// What has a value.
public sealed interface Expression {
  Position at();

  /// `5`, `0x1F`.
  record Whole(Position at, long value) implements Expression {}

  /// `"text with $var(x)"`; a literal when it has one part of words, or none.
  ///
  /// @param raw as it was written, without quotes: a pattern is read from it
  record Text(Position at, List<Part> parts, String raw) implements Expression, Part {
    public Text {
      parts = List.copyOf(parts);
    }

    public static Text literal(Position at, String words) {
      return new Text(at, List.of(new Words(at, words)), words);
    }

    /// What it is when no pseudo-variable stands in it.
    public Optional<String> literal() {
      var all = new StringBuilder();
      for (var part : parts) {
        switch (part) {
          case Words words -> all.append(words.text());
          case Variable _ -> {
            return Optional.empty();
          }
          case Text text -> {
            var words = text.literal();
            if (words.isEmpty()) {
              return Optional.empty();
            }
            all.append(words.get());
          }
        }
      }
      return Optional.of(all.toString());
    }
  }

  /// A piece of a text.
  sealed interface Part {}

  record Words(Position at, String text) implements Part {}

  /// `$name`, `$name(inner)`, `$(name(inner)[index]{transformation})`.
  record Variable(
      Position at,
      String name,
      Optional<Text> inner,
      Optional<Text> index,
      List<Transformed> transformations)
      implements Expression, Part {
    public Variable {
      transformations = List.copyOf(transformations);
    }
  }

  /// `{s.substr,0,3}`.
  record Transformed(Position at, String name, List<Text> arguments) {
    public Transformed {
      arguments = List.copyOf(arguments);
    }
  }

  /// A bare word: `NULL`, `method`, `L_INFO`.
  record Name(Position at, String name) implements Expression {}

  /// `10.0.0.0/8`.
  record Network(Position at, IpBlock block) implements Expression {}

  /// `f(a, , b)`.
  record Call(Position at, String name, List<Optional<Expression>> arguments)
      implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /// `route(name, a, b)`.
  ///
  /// @param computed of `route($var(name))`; then `route` is empty
  record RouteCall(
      Position at, String route, Optional<Expression> computed, List<Expression> arguments)
      implements Expression {
    public RouteCall {
      arguments = List.copyOf(arguments);
    }
  }

  /// `!x`, `-x`, `~x`.
  record Unary(Position at, Operator operator, Expression operand) implements Expression {
    public enum Operator {
      NOT,
      MINUS,
      BIT_NOT
    }
  }

  record Compared(Position at, Comparison how, Expression left, Expression right)
      implements Expression {}

  enum Comparison {
    EQUAL,
    DIFFERENT,
    MATCHES,
    MATCHES_NOT,
    LESS,
    MORE,
    AT_MOST,
    AT_LEAST
  }

  record Computed(Position at, Arithmetic how, Expression left, Expression right)
      implements Expression {}

  enum Arithmetic {
    PLUS,
    MINUS,
    TIMES,
    DIVIDE,
    MODULO,
    AND,
    OR,
    XOR,
    LEFT,
    RIGHT
  }

  /// `a && b && c`.
  record All(Position at, List<Expression> of) implements Expression {
    public All {
      of = List.copyOf(of);
    }
  }

  /// `a || b || c`.
  record Any(Position at, List<Expression> of) implements Expression {
    public Any {
      of = List.copyOf(of);
    }
  }
}
