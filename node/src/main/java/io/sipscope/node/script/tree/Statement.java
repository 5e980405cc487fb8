package io.sipscope.node.script.tree;

import io.sipscope.node.script.tree.Expression.Arithmetic;
import io.sipscope.node.script.tree.Expression.Variable;
import java.util.List;
import java.util.Optional;

/// What is done.
public sealed interface Statement {
  Position at();

  record Block(Position at, List<Statement> statements) implements Statement {
    public Block {
      statements = List.copyOf(statements);
    }
  }

  /// @param branches `if`, and each `else if`: a long chain of them is no nesting
  record If(Position at, List<Branch> branches, Optional<Block> otherwise) implements Statement {
    public If {
      branches = List.copyOf(branches);
    }
  }

  record Branch(Position at, Expression condition, Block then) {}

  record While(Position at, Expression condition, Block body) implements Statement {}

  /// `for ($var(x) in $(hdr(Via)[*]))`.
  record ForEach(Position at, Variable each, Variable of, Block body) implements Statement {}

  record Switch(Position at, Expression of, List<Case> cases) implements Statement {
    public Switch {
      cases = List.copyOf(cases);
    }
  }

  /// @param value empty for `default`
  record Case(Position at, Optional<Expression> value, Block body) {}

  /// @param operator of `+=` and its like; empty for `=` and `:=`
  /// @param isParsed `:=`
  record Assign(
      Position at,
      Variable target,
      Optional<Arithmetic> operator,
      boolean isParsed,
      Expression value)
      implements Statement {}

  /// A call that stands alone.
  record Evaluate(Position at, Expression what) implements Statement {}

  record Break(Position at) implements Statement {}

  /// @param more what the caller reads as `$return(0)` and on
  record Return(Position at, Optional<Expression> value, List<Expression> more)
      implements Statement {
    public Return {
      more = List.copyOf(more);
    }
  }

  record Exit(Position at) implements Statement {}

  record Drop(Position at) implements Statement {}

  /// `async(f(x), resume)`, `launch(f(x), resume)`.
  ///
  /// @param parameter `$param(1)` of the route that resumes; of `launch` only
  /// @param goesOn `launch`: the statement after it runs at once
  record Later(
      Position at,
      Expression.Call call,
      Optional<String> resume,
      Optional<Expression> parameter,
      boolean goesOn)
      implements Statement {}
}
