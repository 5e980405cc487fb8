package io.sipscope.node.script.grammar;

import static io.sipscope.node.script.grammar.TreeBuilder.at;

import io.sipscope.node.script.grammar.ScriptParser.AssignmentContext;
import io.sipscope.node.script.grammar.ScriptParser.BlockContext;
import io.sipscope.node.script.grammar.ScriptParser.BranchingContext;
import io.sipscope.node.script.grammar.ScriptParser.ChoiceContext;
import io.sipscope.node.script.grammar.ScriptParser.ConstantContext;
import io.sipscope.node.script.grammar.ScriptParser.EndContext;
import io.sipscope.node.script.grammar.ScriptParser.LaterContext;
import io.sipscope.node.script.grammar.ScriptParser.LeaveContext;
import io.sipscope.node.script.grammar.ScriptParser.StatementContext;
import io.sipscope.node.script.tree.Expression;
import io.sipscope.node.script.tree.Expression.Arithmetic;
import io.sipscope.node.script.tree.Position;
import io.sipscope.node.script.tree.Statement;
import io.sipscope.node.script.tree.Statement.Block;
import io.sipscope.node.script.tree.Statement.Branch;
import io.sipscope.node.script.tree.Statement.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/// Makes the tree's statements.
final class StatementBuilder {
  private final Complaints complaints;
  private final ExpressionBuilder expressions;
  private final TokenStream words;

  StatementBuilder(Complaints complaints, ExpressionBuilder expressions, TokenStream words) {
    this.complaints = complaints;
    this.expressions = expressions;
    this.words = words;
  }

  Block block(BlockContext block) {
    return block(at(block.getStart()), block.statement());
  }

  private Block block(Position at, List<StatementContext> of) {
    var all = new ArrayList<Statement>(of.size());
    for (var statement : of) {
      statement(statement).ifPresent(all::add);
    }
    return new Block(at, all);
  }

  private Block body(StatementContext statement) {
    return statement.block() == null
        ? block(at(statement.getStart()), List.of(statement))
        : block(statement.block());
  }

  private Optional<Statement> statement(StatementContext of) {
    var at = at(of.getStart());
    if (of.block() != null) {
      return Optional.of(block(of.block()));
    } else if (of.branching() != null) {
      return Optional.of(branching(of.branching()));
    } else if (of.loop() != null) {
      return Optional.of(
          new Statement.While(
              at,
              expressions.expression(of.loop().condition().expression()),
              body(of.loop().body().statement())));
    } else if (of.each() != null) {
      var each = expressions.variable(of.each().VARIABLE(0).getSymbol());
      var all = expressions.variable(of.each().VARIABLE(1).getSymbol());
      var body = body(of.each().body().statement());
      return each.isEmpty() || all.isEmpty()
          ? Optional.empty()
          : Optional.of(new Statement.ForEach(at, each.get(), all.get(), body));
    } else if (of.choice() != null) {
      return Optional.of(choice(of.choice()));
    } else if (of.leave() != null) {
      return Optional.of(leave(at, of.leave()));
    } else if (of.assignment() != null) {
      return assignment(at, of.assignment());
    } else if (of.later() != null) {
      return Optional.of(later(at, of.later()));
    } else if (of.call() != null) {
      ended(of.end());
      return Optional.of(new Statement.Evaluate(at, expressions.call(of.call())));
    }
    return Optional.empty();
  }

  private Statement branching(BranchingContext of) {
    var conditions = of.condition();
    var bodies = of.body();
    var branches = new ArrayList<Branch>(conditions.size());
    for (var i = 0; i < conditions.size(); i++) {
      branches.add(
          new Branch(
              at(i == 0 ? of.getStart() : conditions.get(i).getStart()),
              expressions.expression(conditions.get(i).expression()),
              body(bodies.get(i).statement())));
    }
    Optional<Block> otherwise =
        bodies.size() > conditions.size()
            ? Optional.of(body(bodies.getLast().statement()))
            : Optional.empty();
    return new Statement.If(at(of.getStart()), branches, otherwise);
  }

  private Statement choice(ChoiceContext of) {
    var cases = new ArrayList<Case>();
    for (var alternative : of.alternative()) {
      var at = at(alternative.getStart());
      Optional<Expression> value =
          alternative.constant() == null
              ? Optional.empty()
              : Optional.of(constant(alternative.constant()));
      cases.add(new Case(at, value, block(at, alternative.statement())));
    }
    return new Statement.Switch(at(of.getStart()), expressions.expression(of.expression()), cases);
  }

  private Expression constant(ConstantContext of) {
    var at = at(of.getStart());
    if (of.NUMBER() != null) {
      var number = expressions.numberAt(of.NUMBER().getSymbol());
      return new Expression.Whole(at, of.MINUS() == null ? number : -number);
    }
    return of.STRING() == null
        ? new Expression.Name(at, of.NAME().getText())
        : expressions.string(of.STRING().getSymbol());
  }

  private Statement leave(Position at, LeaveContext of) {
    if (of.end() != null) {
      ended(of.end());
    }
    if (of.RETURN() != null) {
      var values =
          of.expression() == null ? List.<Expression>of() : expressions.values(of.expression());
      return new Statement.Return(
          at, values.stream().findFirst(), values.stream().skip(1).toList());
    }
    if (of.BREAK() != null) {
      return new Statement.Break(at);
    }
    return of.EXIT() == null ? new Statement.Drop(at) : new Statement.Exit(at);
  }

  private Optional<Statement> assignment(Position at, AssignmentContext of) {
    ended(of.end());
    var target = expressions.variable(of.VARIABLE().getSymbol());
    var sign = of.ASSIGN().getText();
    var value = expressions.expression(of.expression());
    return target.map(
        variable -> new Statement.Assign(at, variable, arithmetic(sign), sign.equals(":="), value));
  }

  private static Optional<Arithmetic> arithmetic(String sign) {
    return switch (sign) {
      case "+=" -> Optional.of(Arithmetic.PLUS);
      case "-=" -> Optional.of(Arithmetic.MINUS);
      case "*=" -> Optional.of(Arithmetic.TIMES);
      case "/=" -> Optional.of(Arithmetic.DIVIDE);
      case "%=" -> Optional.of(Arithmetic.MODULO);
      case "|=" -> Optional.of(Arithmetic.OR);
      case "&=" -> Optional.of(Arithmetic.AND);
      case "^=" -> Optional.of(Arithmetic.XOR);
      case "<<=" -> Optional.of(Arithmetic.LEFT);
      case ">>=" -> Optional.of(Arithmetic.RIGHT);
      default -> Optional.empty();
    };
  }

  private Statement later(Position at, LaterContext of) {
    ended(of.end());
    var goesOn = of.LAUNCH() != null;
    Optional<String> resume = Optional.empty();
    if (of.routeName() != null) {
      resume = Optional.of(TreeBuilder.name(of.routeName()));
    } else if (of.routeTarget() != null) {
      resume = Optional.of(TreeBuilder.name(of.routeTarget().routeName()));
    }
    // The last argument of async is a time after which it resumes: the function has its own.
    var parameter =
        goesOn
            ? Optional.ofNullable(of.expression()).map(expressions::expression)
            : Optional.<Expression>empty();
    return expressions.call(of.call()) instanceof Expression.Call call
        ? new Statement.Later(at, call, resume, parameter, goesOn)
        : complained(at, "a function is wanted here, not a route");
  }

  private Statement complained(Position at, String sentence) {
    complaints.error(at, sentence);
    return new Statement.Exit(at);
  }

  /// The last statement of a block may go without a semicolon.
  private void ended(EndContext end) {
    if (end.SEMICOLON() != null) {
      return;
    }
    var next = end.getStart();
    if (next.getType() != ScriptParser.END && next.getType() != Token.EOF) {
      var last = words.get(Math.max(0, next.getTokenIndex() - 1));
      var at = at(last);
      complaints.error(
          new Position(at.file(), at.line(), at.endColumn(), at.endColumn() + 1),
          "found '" + next.getText() + "' where ';' is wanted");
    }
  }
}
