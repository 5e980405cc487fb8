package io.sipscope.node.script.compile;

import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.tree.Expression.Arithmetic;
import io.sipscope.node.script.tree.Position;
import io.sipscope.node.script.value.Value;

/// Arithmetic as OpenSIPS does it (`eval_elem` in `route.c`): null on the right is 0, or no text.
/// Whole numbers of 64 bits; what is larger wraps around.
final class Computing {
  private Computing() {}

  /// @throws Uncomputable of null, with a text that is no number, a division by zero
  static Value compute(Arithmetic how, Value left, Value given, Position at) {
    var right = given.isNull() ? nothing(left) : given;
    if (left instanceof Value.Whole(long one) && right instanceof Value.Whole(long other)) {
      return Value.of(numbers(how, one, other, at));
    }
    if (left.isNull()) {
      throw new Uncomputable(at, "nothing can be computed with null");
    }
    if (how == Arithmetic.PLUS) {
      return Value.of(left.asText() + right.asText());
    }
    return Value.of(numbers(how, number(left, at), number(right, at), at));
  }

  /// The same while it runs: what is joined is a text that was made.
  static Value compute(Arithmetic how, Value left, Value right, Position at, Run run) {
    if (left instanceof Value.Whole && right instanceof Value.Whole) {
      return compute(how, left, right, at);
    }
    if (how == Arithmetic.PLUS && !left.isNull() && !right.isNull()) {
      run.made(left.asText().length() + right.asText().length());
    }
    return compute(how, left, right, at);
  }

  private static Value nothing(Value left) {
    return left instanceof Value.Whole ? Value.of(0) : Value.of("");
  }

  static long number(Value value, Position at) {
    var number = value.asNumber();
    if (number.isEmpty()) {
      throw new Uncomputable(
          at, value.isNull() ? "nothing can be computed with null" : "a text is no number");
    }
    return number.getAsLong();
  }

  private static long numbers(Arithmetic how, long left, long right, Position at) {
    return switch (how) {
      case PLUS -> left + right;
      case MINUS -> left - right;
      case TIMES -> left * right;
      case DIVIDE -> left / divisor(right, at);
      case MODULO -> left % divisor(right, at);
      case AND -> left & right;
      case OR -> left | right;
      case XOR -> left ^ right;
      case LEFT -> left << right;
      case RIGHT -> left >> right;
    };
  }

  private static long divisor(long number, Position at) {
    if (number == 0) {
      throw new Uncomputable(at, "nothing can be divided by zero");
    }
    return number;
  }
}
