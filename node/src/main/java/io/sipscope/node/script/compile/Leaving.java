package io.sipscope.node.script.compile;

import io.sipscope.node.script.tree.Expression.RouteCall;
import io.sipscope.node.script.tree.Statement;
import io.sipscope.node.script.tree.Statement.Assign;
import io.sipscope.node.script.tree.Statement.Block;
import io.sipscope.node.script.tree.Statement.Break;
import io.sipscope.node.script.tree.Statement.Drop;
import io.sipscope.node.script.tree.Statement.Evaluate;
import io.sipscope.node.script.tree.Statement.Exit;
import io.sipscope.node.script.tree.Statement.ForEach;
import io.sipscope.node.script.tree.Statement.If;
import io.sipscope.node.script.tree.Statement.Later;
import io.sipscope.node.script.tree.Statement.Return;
import io.sipscope.node.script.tree.Statement.Switch;
import io.sipscope.node.script.tree.Statement.While;

/// Whether a loop can be left from within.
final class Leaving {
  private Leaving() {}

  static boolean canLeave(Statement statement) {
    return switch (statement) {
      case Break _, Return _, Exit _, Drop _, Later _ -> true;
      case Block(_, var statements) -> statements.stream().anyMatch(Leaving::canLeave);
      case If(_, var branches, var otherwise) ->
          branches.stream().anyMatch(branch -> canLeave(branch.then()))
              || otherwise.filter(Leaving::canLeave).isPresent();
      case While(_, _, var body) -> canLeave(body);
      case ForEach(_, _, _, var body) -> canLeave(body);
      case Switch(_, _, var cases) -> cases.stream().anyMatch(one -> canLeave(one.body()));
      case Evaluate(_, var what) -> what instanceof RouteCall;
      case Assign _ -> false;
    };
  }
}
