package io.sipscope.node.script.tree;

import io.sipscope.node.script.tree.Expression.All;
import io.sipscope.node.script.tree.Expression.Any;
import io.sipscope.node.script.tree.Expression.Call;
import io.sipscope.node.script.tree.Expression.Compared;
import io.sipscope.node.script.tree.Expression.Computed;
import io.sipscope.node.script.tree.Expression.Name;
import io.sipscope.node.script.tree.Expression.Network;
import io.sipscope.node.script.tree.Expression.RouteCall;
import io.sipscope.node.script.tree.Expression.Text;
import io.sipscope.node.script.tree.Expression.Unary;
import io.sipscope.node.script.tree.Expression.Variable;
import io.sipscope.node.script.tree.Expression.Whole;
import java.util.Optional;
import java.util.stream.Stream;

/// All calls of functions that a script has.
public final class Calls {
  private Calls() {}

  public static Stream<Call> of(ScriptTree tree) {
    return tree.routes().stream().flatMap(route -> in(route.body()));
  }

  private static Stream<Call> in(Statement statement) {
    return switch (statement) {
      case Statement.Block block -> block.statements().stream().flatMap(Calls::in);
      case Statement.If one ->
          Stream.concat(
              one.branches().stream().flatMap(Calls::in),
              one.otherwise().stream().flatMap(Calls::in));
      case Statement.While loop -> Stream.concat(in(loop.condition()), in(loop.body()));
      case Statement.ForEach loop -> in(loop.body());
      case Statement.Switch one ->
          Stream.concat(in(one.of()), one.cases().stream().flatMap(part -> in(part.body())));
      case Statement.Assign assign -> in(assign.value());
      case Statement.Evaluate evaluate -> in(evaluate.what());
      case Statement.Return back -> in(back.value());
      case Statement.Later later -> in(later.call());
      case Statement.Break _, Statement.Exit _, Statement.Drop _ -> Stream.empty();
    };
  }

  private static Stream<Call> in(Statement.Branch branch) {
    return Stream.concat(in(branch.condition()), in(branch.then()));
  }

  private static Stream<Call> in(Optional<Expression> expression) {
    return expression.stream().flatMap(Calls::in);
  }

  private static Stream<Call> in(Expression expression) {
    return switch (expression) {
      case Call call ->
          Stream.concat(Stream.of(call), call.arguments().stream().flatMap(Calls::in));
      case RouteCall call -> call.arguments().stream().flatMap(Calls::in);
      case Unary unary -> in(unary.operand());
      case Compared compared -> Stream.concat(in(compared.left()), in(compared.right()));
      case Computed computed -> Stream.concat(in(computed.left()), in(computed.right()));
      case All all -> all.of().stream().flatMap(Calls::in);
      case Any any -> any.of().stream().flatMap(Calls::in);
      case Whole _, Text _, Variable _, Name _, Network _ -> Stream.empty();
    };
  }
}
