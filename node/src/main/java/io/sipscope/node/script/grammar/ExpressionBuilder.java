package io.sipscope.node.script.grammar;

import static io.sipscope.node.script.grammar.TreeBuilder.at;

import io.sipscope.node.script.grammar.ScriptParser.CallContext;
import io.sipscope.node.script.grammar.ScriptParser.ComparisonContext;
import io.sipscope.node.script.grammar.ScriptParser.ConjunctionContext;
import io.sipscope.node.script.grammar.ScriptParser.ExpressionContext;
import io.sipscope.node.script.grammar.ScriptParser.NegationContext;
import io.sipscope.node.script.grammar.ScriptParser.PrimaryContext;
import io.sipscope.node.script.grammar.ScriptParser.SignedContext;
import io.sipscope.node.script.tree.Expression;
import io.sipscope.node.script.tree.Expression.All;
import io.sipscope.node.script.tree.Expression.Any;
import io.sipscope.node.script.tree.Expression.Arithmetic;
import io.sipscope.node.script.tree.Expression.Call;
import io.sipscope.node.script.tree.Expression.Compared;
import io.sipscope.node.script.tree.Expression.Comparison;
import io.sipscope.node.script.tree.Expression.Computed;
import io.sipscope.node.script.tree.Expression.Name;
import io.sipscope.node.script.tree.Expression.Network;
import io.sipscope.node.script.tree.Expression.RouteCall;
import io.sipscope.node.script.tree.Expression.Text;
import io.sipscope.node.script.tree.Expression.Unary;
import io.sipscope.node.script.tree.Expression.Variable;
import io.sipscope.node.script.tree.Expression.Whole;
import io.sipscope.node.script.tree.Position;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.net.IpBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/// Makes the tree's expressions.
final class ExpressionBuilder {
  /// Operators in a row: `a + b + c`. Each makes the tree deeper.
  private static final int LONGEST = 500;

  private final Complaints complaints;
  private final Predicate<String> isKnown;

  ExpressionBuilder(Complaints complaints, Predicate<String> isKnown) {
    this.complaints = complaints;
    this.isKnown = isKnown;
  }

  Expression expression(ExpressionContext of) {
    if (of.conjunction().size() == 1) {
      return conjunction(of.conjunction(0));
    }
    return new Any(at(of.getStart()), of.conjunction().stream().map(this::conjunction).toList());
  }

  /// Each of `(a, b)`, or the one.
  List<Expression> values(ExpressionContext of) {
    ParserRuleContext inner = of;
    while (inner.getChildCount() == 1 && inner.getChild(0) instanceof ParserRuleContext next) {
      inner = next;
    }
    return inner instanceof PrimaryContext primary && primary.expression().size() > 1
        ? primary.expression().stream().map(this::expression).toList()
        : List.of(expression(of));
  }

  private Expression conjunction(ConjunctionContext of) {
    if (of.negation().size() == 1) {
      return negation(of.negation(0));
    }
    return new All(at(of.getStart()), of.negation().stream().map(this::negation).toList());
  }

  private Expression negation(NegationContext of) {
    var inner = comparison(of.comparison());
    // Twice is as good as never.
    return of.NOT().size() % 2 == 0
        ? inner
        : new Unary(at(of.getStart()), Unary.Operator.NOT, inner);
  }

  private Expression comparison(ComparisonContext of) {
    var left = chain(of.bits(0));
    if (of.bits().size() == 1) {
      return left;
    }
    var sign = of.EQUALITY() == null ? of.ORDER().getText() : of.EQUALITY().getText();
    var how =
        switch (sign) {
          case "==" -> Comparison.EQUAL;
          case "!=" -> Comparison.DIFFERENT;
          case "=~" -> Comparison.MATCHES;
          case "!~" -> Comparison.MATCHES_NOT;
          case "<" -> Comparison.LESS;
          case ">" -> Comparison.MORE;
          case "<=" -> Comparison.AT_MOST;
          default -> Comparison.AT_LEAST;
        };
    return new Compared(at(of.getStart()), how, left, chain(of.bits(1)));
  }

  /// The levels of arithmetic are all of one shape: operands, and operators between them.
  private Expression chain(ParserRuleContext of) {
    if (of instanceof SignedContext signed) {
      return signed(signed);
    }
    var count = of.getChildCount();
    var whole = chain((ParserRuleContext) of.getChild(0));
    if (count / 2 > LONGEST) {
      complaints.error(at(of.getStart()), "more than " + LONGEST + " operators in a row");
      return whole;
    }
    for (var i = 1; i + 1 < count; i += 2) {
      var sign = ((TerminalNode) of.getChild(i)).getSymbol();
      whole =
          new Computed(
              at(sign),
              arithmetic(sign.getText()),
              whole,
              chain((ParserRuleContext) of.getChild(i + 1)));
    }
    return whole;
  }

  private static Arithmetic arithmetic(String sign) {
    return switch (sign) {
      case "+" -> Arithmetic.PLUS;
      case "-" -> Arithmetic.MINUS;
      case "*" -> Arithmetic.TIMES;
      case "/" -> Arithmetic.DIVIDE;
      case "%" -> Arithmetic.MODULO;
      case "|" -> Arithmetic.OR;
      case "&" -> Arithmetic.AND;
      case "^" -> Arithmetic.XOR;
      case "<<" -> Arithmetic.LEFT;
      default -> Arithmetic.RIGHT;
    };
  }

  private Expression signed(SignedContext of) {
    var whole = primary(of.primary());
    var signs = of.getChildCount() - 1;
    if (signs > LONGEST) {
      complaints.error(at(of.getStart()), "more than " + LONGEST + " operators in a row");
      return whole;
    }
    for (var i = signs - 1; i >= 0; i--) {
      var sign = ((TerminalNode) of.getChild(i)).getSymbol();
      switch (sign.getType()) {
        case ScriptParser.MINUS -> whole = minus(at(sign), whole);
        case ScriptParser.BIT_NOT -> whole = new Unary(at(sign), Unary.Operator.BIT_NOT, whole);
        default -> {
          continue;
        }
      }
    }
    return whole;
  }

  private static Expression minus(Position at, Expression of) {
    return of instanceof Whole(_, long value)
        ? new Whole(at, -value)
        : new Unary(at, Unary.Operator.MINUS, of);
  }

  private Expression primary(PrimaryContext of) {
    if (!of.expression().isEmpty()) {
      // In parentheses, or in the brackets of 1.x.
      if (!of.COMMA().isEmpty()) {
        complaints.error(
            at(of.COMMA(0).getSymbol()), "found ',' where an operator or ')' is wanted");
      }
      return expression(of.expression(0));
    } else if (of.call() != null) {
      return call(of.call());
    }
    var word = of.getStart();
    return switch (word.getType()) {
      case ScriptParser.NUMBER -> new Whole(at(word), numberAt(word));
      case ScriptParser.STRING -> string(word);
      case ScriptParser.NETWORK -> network(word);
      case ScriptParser.ADDRESS -> Text.literal(at(word), word.getText());
      case ScriptParser.VARIABLE -> {
        var variable = variable(word);
        // It has been complained about.
        yield variable.isPresent() ? variable.get() : new Whole(at(word), 0);
      }
      default -> new Name(at(word), word.getText());
    };
  }

  Expression call(CallContext of) {
    var at = at(of.getStart());
    var arguments = new ArrayList<Optional<Expression>>();
    Optional<Expression> last = Optional.empty();
    for (var i = 0; i < of.arguments().getChildCount(); i++) {
      if (of.arguments().getChild(i) instanceof ScriptParser.ArgumentContext argument) {
        last = Optional.of(expression(argument.expression()));
      } else {
        arguments.add(last);
        last = Optional.empty();
      }
    }
    if (last.isPresent() || !arguments.isEmpty()) {
      arguments.add(last);
    }
    return of.ROUTE() == null
        ? new Call(at, of.NAME().getText(), arguments)
        : routeCall(at, arguments);
  }

  private Expression routeCall(Position at, List<Optional<Expression>> arguments) {
    var rest = arguments.stream().skip(1).flatMap(Optional::stream).toList();
    var first = arguments.isEmpty() ? Optional.<Expression>empty() : arguments.getFirst();
    var name = first.flatMap(ExpressionBuilder::routeName);
    var computed =
        first.filter(one -> one instanceof Variable || (one instanceof Text && name.isEmpty()));
    if (name.isEmpty() && computed.isEmpty()) {
      complaints.error(at, "route() wants the name of a route");
    }
    return new RouteCall(at, name.orElse(""), computed, rest);
  }

  private static Optional<String> routeName(Expression name) {
    return switch (name) {
      case Name(_, var word) -> Optional.of(word);
      case Whole(_, long number) -> Optional.of(Long.toString(number));
      case Text text -> text.literal();
      case Variable _,
          Network _,
          Call _,
          RouteCall _,
          Unary _,
          Compared _,
          Computed _,
          All _,
          Any _ ->
          Optional.empty();
    };
  }

  /// `10.0.0.0/8` or `10.0.0.0/255.0.0.0`.
  private Expression network(Token word) {
    var text = word.getText();
    var slash = text.indexOf('/');
    var mask = IpAddress.parse(text.substring(slash + 1));
    var prefix = mask.isEmpty() ? text.substring(slash + 1) : Long.toString(ones(mask.get().low()));
    var block = IpBlock.parse(text.substring(0, slash) + "/" + prefix);
    if (block.isEmpty()) {
      complaints.error(at(word), "'" + text + "' is no network (wanted: 10.0.0.0/8)");
      return new Whole(at(word), 0);
    }
    return new Network(at(word), block.get());
  }

  /// How many bits of a mask are set, when they are its first ones.
  private static long ones(long mask) {
    var count = Integer.bitCount((int) mask);
    return mask == (count == 0 ? 0 : (0xFFFF_FFFFL << (Integer.SIZE - count)) & 0xFFFF_FFFFL)
        ? count
        : -1;
  }

  long numberAt(Token word) {
    var number = number(word.getText());
    if (number.isEmpty()) {
      complaints.error(at(word), "this number is too large");
    }
    return number.orElse(0L);
  }

  static Optional<Long> number(String digits) {
    try {
      return Optional.of(
          Long.decode(digits.matches("0+\\d+") ? digits.replaceFirst("^0+", "") : digits));
    } catch (NumberFormatException _) {
      return digits.matches("0+") ? Optional.of(0L) : Optional.empty();
    }
  }

  Text string(Token word) {
    var at = at(word);
    var inner = new Position(at.file(), at.line(), at.column() + 1, at.endColumn());
    var hasEscapes = word.getText().startsWith("\"");
    var text =
        new TextReader(TreeBuilder.unquoted(word), hasEscapes, inner, complaints, isKnown).text();
    return new Text(at, text.parts(), text.raw());
  }

  Optional<Variable> variable(Token word) {
    return new TextReader(word.getText(), true, at(word), complaints, isKnown).variable();
  }
}
