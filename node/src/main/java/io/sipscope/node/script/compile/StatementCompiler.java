package io.sipscope.node.script.compile;

import io.sipscope.node.script.run.Halt;
import io.sipscope.node.script.run.Place;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.ScriptFailure;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.tree.Expression;
import io.sipscope.node.script.tree.Expression.Call;
import io.sipscope.node.script.tree.Expression.Comparison;
import io.sipscope.node.script.tree.Expression.RouteCall;
import io.sipscope.node.script.tree.Expression.Text;
import io.sipscope.node.script.tree.Position;
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
import io.sipscope.node.script.value.Value;
import java.util.ArrayList;
import java.util.List;

/// Compiles statements.
final class StatementCompiler {
  private static final Value NOTHING_SAID = Value.of(1);
  private static final String NO_STEP_LEFT =
      "no step is left: the loop runs without an end, or too long";

  private final Compilation compilation;
  private final ExpressionCompiler expressions;

  /// Loops and switches around the statement: what `break` leaves.
  private int loops;

  StatementCompiler(Compilation compilation) {
    this.compilation = compilation;
    this.expressions = new ExpressionCompiler(compilation);
  }

  Step block(Block block) {
    var steps = new ArrayList<Step>();
    var places = new ArrayList<Position>();
    var isOver = false;
    for (var statement : block.statements()) {
      if (isOver) {
        compilation.warning(statement.at(), "this is never reached");
      }
      isOver = leaves(statement);
      steps.add(watched(statement.at(), step(statement)));
      places.add(statement.at());
    }
    return new Sequence(steps, places, compilation.failures());
  }

  private static boolean leaves(Statement statement) {
    return switch (statement) {
      case Break _, Return _, Exit _, Drop _ -> true;
      case Block _, If _, While _, ForEach _, Switch _, Assign _, Evaluate _, Later _ -> false;
    };
  }

  private Step watched(Position at, Step step) {
    if (compilation.probe().isEmpty()) {
      return step;
    }
    var probe = compilation.probe().get();
    return run -> {
      probe.line(run, at);
      return step.run(run);
    };
  }

  private Step step(Statement statement) {
    return switch (statement) {
      case Block block -> block(block);
      case If one -> branch(one);
      case While loop -> loop(loop);
      case ForEach each -> each(each);
      case Switch choice -> choice(choice);
      case Assign assign -> assign(assign);
      case Evaluate(_, var what) -> evaluate(what);
      case Break(var at) -> {
        if (loops == 0) {
          compilation.error(at, "'break' is wanted in a loop or a switch only");
        }
        yield _ -> Halt.BREAK;
      }
      case Return(var at, var value, var more) ->
          value.isEmpty() ? StatementCompiler::returned : returned(at, value.get(), more);
      case Exit _ -> _ -> Halt.EXIT;
      case Drop _ ->
          run -> {
            run.drop();
            return Halt.EXIT;
          };
      case Later later -> later(later);
    };
  }

  private static Halt returned(Run run) {
    run.result(NOTHING_SAID);
    return Halt.RETURN;
  }

  private Step returned(Position at, Expression value, List<Expression> more) {
    var term = expressions.term(value);
    var others = more.stream().map(expressions::term).toArray(Term[]::new);
    return run -> {
      var values = new ArrayList<Value>(others.length);
      for (var other : others) {
        values.add(other.read(run));
      }
      run.result(Value.of(Computing.number(term.read(run), at)));
      run.returned(values);
      return Halt.RETURN;
    };
  }

  private Step branch(If branch) {
    var count = branch.branches().size();
    var conditions = new Condition[count];
    var bodies = new Step[count];
    for (var i = 0; i < count; i++) {
      var one = branch.branches().get(i);
      conditions[i] = expressions.condition(one.condition());
      bodies[i] = block(one.then());
    }
    var otherwise = branch.otherwise().map(this::block).orElse(_ -> Halt.NONE);
    if (count == 1) {
      return run -> conditions[0].holds(run) ? bodies[0].run(run) : otherwise.run(run);
    }
    var seen = branch.branches().stream().map(one -> seen(one.at())).toArray(Step[]::new);
    return run -> {
      for (var i = 0; i < count; i++) {
        if (i > 0) {
          step(run);
          seen[i].run(run);
        }
        if (conditions[i].holds(run)) {
          return bodies[i].run(run);
        }
      }
      return otherwise.run(run);
    };
  }

  /// Tells the probe of an `else if`.
  private Step seen(Position at) {
    return watched(at, _ -> Halt.NONE);
  }

  private static void step(Run run) {
    if (!run.step()) {
      throw new ScriptFailure(NO_STEP_LEFT);
    }
  }

  private Step loop(While loop) {
    var constant = ExpressionCompiler.constant(loop.condition());
    if (constant.isPresent() && constant.get().isTrue() && !Leaving.canLeave(loop.body())) {
      compilation.warning(loop.at(), "this loop has no end");
    }
    var condition = expressions.condition(loop.condition());
    loops++;
    var body = block(loop.body());
    loops--;
    return run -> looped(run, condition, body);
  }

  private static Halt looped(Run run, Condition condition, Step body) {
    while (condition.holds(run)) {
      step(run);
      var halt = body.run(run);
      if (halt == Halt.BREAK) {
        return Halt.NONE;
      }
      if (halt != Halt.NONE) {
        return halt;
      }
    }
    return Halt.NONE;
  }

  /// `for ($var(x) in $(avp(y)[*]))`: over what has an index, until one has no value.
  private Step each(ForEach each) {
    var place = expressions.texts().place(each.each());
    var index = new Counted();
    if (each.of().index().flatMap(Text::literal).filter("*"::equals).isEmpty()) {
      compilation.error(
          each.of().at(), "all of something is wanted here: $(" + each.of().name() + "(...)[*])");
    }
    var value = expressions.texts().each(each.of(), index);
    loops++;
    var body = block(each.body());
    loops--;
    return place.isEmpty()
        ? _ -> Halt.NONE
        : run -> index.counted(run, () -> overAll(run, index, place.get(), value, body));
  }

  private static Halt overAll(Run run, Counted index, Place place, Term value, Step body) {
    for (var one = value.read(run); !one.isNull(); one = value.read(run)) {
      step(run);
      place.write(run, one);
      var halt = body.run(run);
      if (halt == Halt.BREAK) {
        return Halt.NONE;
      }
      if (halt != Halt.NONE) {
        return halt;
      }
      index.next(run);
    }
    return Halt.NONE;
  }

  /// Falls through from case to case until a `break`, as OpenSIPS does.
  private Step choice(Switch choice) {
    var of = expressions.term(choice.of());
    var count = choice.cases().size();
    var values = new Term[count];
    var bodies = new Step[count];
    var otherwise = count;
    loops++;
    for (var i = 0; i < count; i++) {
      var one = choice.cases().get(i);
      if (one.value().isPresent()) {
        values[i] = expressions.term(one.value().get());
      } else if (otherwise < count) {
        compilation.error(one.at(), "one 'default' is wanted, and this is another");
      } else {
        otherwise = i;
      }
      bodies[i] = block(one.body());
    }
    loops--;
    var last = otherwise;
    return run -> chosen(run, of.read(run), values, bodies, last);
  }

  private static Halt chosen(Run run, Value of, Term[] values, Step[] bodies, int otherwise) {
    var from = otherwise;
    for (var i = 0; i < values.length; i++) {
      step(run);
      if (values[i] != null && Comparing.compare(Comparison.EQUAL, of, values[i].read(run))) {
        from = i;
        break;
      }
    }
    for (var i = from; i < bodies.length; i++) {
      var halt = bodies[i].run(run);
      if (halt == Halt.BREAK) {
        return Halt.NONE;
      }
      if (halt != Halt.NONE) {
        return halt;
      }
    }
    return Halt.NONE;
  }

  private Step assign(Assign assign) {
    var place = expressions.texts().place(assign.target());
    var value = expressions.term(assign.value());
    return place.isEmpty() ? _ -> Halt.NONE : assigned(assign, place.get(), value);
  }

  private static Step assigned(Assign assign, Place place, Term value) {
    if (assign.operator().isPresent()) {
      var how = assign.operator().get();
      var at = assign.at();
      return run -> {
        place.write(run, Computing.compute(how, place.read(run), value.read(run), at, run));
        return Halt.NONE;
      };
    }
    if (assign.isParsed()) {
      return run -> {
        place.parse(run, made(run, value.read(run)));
        return Halt.NONE;
      };
    }
    return run -> {
      place.write(run, made(run, value.read(run)));
      return Halt.NONE;
    };
  }

  /// What is kept is text of the run's, wherever it comes from: a message is large, and names of
  /// variables are many.
  private static Value made(Run run, Value value) {
    if (value instanceof Value.Text(var text)) {
      run.made(text.length());
    }
    return value;
  }

  private Step evaluate(Expression what) {
    var code =
        switch (what) {
          case Call call -> expressions.calls().call(call);
          case RouteCall call -> expressions.calls().route(call);
          case Expression.Whole _,
              Expression.Network _,
              Expression.Text _,
              Expression.Variable _,
              Expression.Name _,
              Expression.Unary _,
              Expression.Compared _,
              Expression.Computed _,
              Expression.All _,
              Expression.Any _ -> {
            compilation.error(what.at(), "a value is no statement");
            yield null;
          }
        };
    return code == null ? _ -> Halt.NONE : run -> done(run, code.call(run));
  }

  private static Halt done(Run run, int code) {
    run.result(Value.of(code));
    return code == Routine.ENDED ? Halt.EXIT : Halt.NONE;
  }

  /// The call, then the route that resumes.
  private Step later(Later later) {
    var call = expressions.calls().call(later.call());
    var resume = later.resume().flatMap(name -> compilation.route(later.at(), name));
    if (later.resume().isEmpty() && !later.goesOn()) {
      compilation.error(later.at(), "async() wants the route that goes on: async(f(), name)");
    }
    var given = later.parameter().map(expressions::term);
    return new Awaited(later.at(), call, resume, given, later.goesOn(), compilation.failures());
  }
}
