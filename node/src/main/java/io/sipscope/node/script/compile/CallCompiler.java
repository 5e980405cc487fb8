package io.sipscope.node.script.compile;

import io.sipscope.node.script.functions.Arguments;
import io.sipscope.node.script.functions.Arguments.Argument;
import io.sipscope.node.script.functions.ScriptFunction;
import io.sipscope.node.script.functions.ScriptFunction.Parameter;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.ScriptFailure;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.tree.Expression;
import io.sipscope.node.script.tree.Expression.Call;
import io.sipscope.node.script.tree.Expression.Name;
import io.sipscope.node.script.tree.Expression.RouteCall;
import io.sipscope.node.script.tree.Expression.Text;
import io.sipscope.node.script.tree.Expression.Variable;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Compiles calls of functions and routes.
final class CallCompiler {
  private static final ScriptFunction.Call NOTHING = _ -> 1;

  private final Compilation compilation;
  private final ExpressionCompiler expressions;
  private final TextCompiler texts;

  CallCompiler(Compilation compilation, ExpressionCompiler expressions, TextCompiler texts) {
    this.compilation = compilation;
    this.expressions = expressions;
    this.texts = texts;
  }

  ScriptFunction.Call call(Call call) {
    var known = compilation.registry().functions();
    var function = known.get(call.name());
    if (function == null) {
      return elsewhere(call);
    }
    var parameters = function.parameters();
    var required = parameters.stream().filter(one -> !one.isOptional()).count();
    if (call.arguments().size() > parameters.size()) {
      compilation.error(
          call.at(),
          call.name()
              + "() has "
              + call.arguments().size()
              + " arguments, and at most "
              + parameters.size()
              + " are wanted");
      return NOTHING;
    }
    var given = new ArrayList<>(Collections.nCopies(parameters.size(), Optional.<Argument>empty()));
    for (var i = 0; i < parameters.size(); i++) {
      var argument =
          i < call.arguments().size() ? call.arguments().get(i) : Optional.<Expression>empty();
      if (argument.isPresent()) {
        var made = argument(parameters.get(i), argument.get());
        if (made.isEmpty()) {
          return NOTHING;
        }
        given.set(i, made);
      } else if (!parameters.get(i).isOptional()) {
        compilation.error(
            call.at(),
            call.name()
                + "() wants "
                + required
                + (required == 1 ? " argument: '" : " arguments: '")
                + parameters.get(i).name()
                + "' is missing");
        return NOTHING;
      }
    }
    try {
      var made =
          function.at(new Arguments(given, sentence -> compilation.warnOnce(call.at(), sentence)));
      warnOfModule(call, function);
      return made;
    } catch (Unusable unusable) {
      compilation.error(call.at(), unusable.getMessage());
      return NOTHING;
    }
  }

  /// A function that is none here: OpenSIPS has it, or it may be one of a module that nobody knows
  /// here, or it is an error.
  private ScriptFunction.Call elsewhere(Call call) {
    for (var argument : call.arguments()) {
      argument.ifPresent(this::value);
    }
    var name = call.name();
    var known = Elsewhere.OPENSIPS.functions();
    if (known.containsKey(name)) {
      int code = known.get(name);
      compilation.warnOnce(
          call.at(), name + "() does nothing here; it gives " + (code > 0 ? "true" : "false"));
      return _ -> code;
    }
    var near = compilation.nearFunctions().to(name);
    var strange = compilation.strangeModules();
    if (near.isEmpty() && !strange.isEmpty()) {
      compilation.warnOnce(
          call.at(),
          name
              + "() is not known, and may be one of the module "
              + String.join(" or ", strange)
              + ": it does nothing here; it gives true");
      return NOTHING;
    }
    compilation.error(call.at(), "there is no function " + name + "()" + near);
    return NOTHING;
  }

  /// It can be called all the same: an example need not load what everybody does.
  private void warnOfModule(Call call, ScriptFunction function) {
    if (!isLoaded(function)) {
      compilation.warnOnce(
          call.at(),
          call.name()
              + "() is a function of the module "
              + String.join(" or ", function.modules().stream().sorted().toList())
              + ", which is not loaded: OpenSIPS would refuse it");
    }
  }

  /// A script that loads no module at all is a piece of one, and may use all of them.
  private boolean isLoaded(ScriptFunction function) {
    var loaded = compilation.modules();
    return loaded.isEmpty()
        || function.modules().isEmpty()
        || function.modules().stream().anyMatch(loaded::contains);
  }

  private Optional<Argument> argument(Parameter parameter, Expression given) {
    return switch (parameter.type()) {
      case TEXT -> Optional.of(value(given));
      case NUMBER -> number(parameter, given);
      case VARIABLE -> variable(parameter, given);
    };
  }

  /// A string that is one pseudo-variable is that: 2.x has no other way.
  private static Expression unwrapped(Expression given) {
    return given instanceof Text text
            && text.parts().size() == 1
            && text.parts().getFirst() instanceof Variable variable
        ? variable
        : given;
  }

  private Argument value(Expression given) {
    var of = unwrapped(given);
    if (of instanceof Name(_, var name) && ExpressionCompiler.constant(of).isEmpty()) {
      var value = Value.of(name);
      return new Argument(_ -> value, Optional.of(name));
    }
    return new Argument(expressions.term(of), ExpressionCompiler.constant(of).map(Value::asText));
  }

  private Optional<Argument> number(Parameter parameter, Expression given) {
    var literal = ExpressionCompiler.constant(given);
    if (literal.isPresent() && literal.get().asNumber().isEmpty()) {
      compilation.error(
          given.at(),
          "found '"
              + literal.get().asText()
              + "' where a number is wanted for '"
              + parameter.name()
              + "'");
      return Optional.empty();
    }
    return Optional.of(value(given));
  }

  private Optional<Argument> variable(Parameter parameter, Expression given) {
    if (unwrapped(given) instanceof Variable variable) {
      return texts.place(variable).map(place -> new Argument(place, Optional.empty()));
    }
    compilation.error(
        given.at(), "a pseudo-variable to write to is wanted for '" + parameter.name() + "'");
    return Optional.empty();
  }

  ScriptFunction.Call route(RouteCall call) {
    var arguments = call.arguments().stream().map(CallCompiler::unwrapped).map(this::read).toList();
    if (call.computed().isPresent()) {
      return computed(read(call.computed().get()), arguments);
    }
    return compilation
        .route(call.at(), call.route())
        .<ScriptFunction.Call>map(one -> run -> one.call(run, values(arguments, run)))
        .orElse(NOTHING);
  }

  /// `route($var(name))`.
  private ScriptFunction.Call computed(Term name, List<Term> arguments) {
    var routes = compilation.routes();
    return run -> {
      var route = routes.get(name.read(run).asText());
      if (route == null) {
        throw new ScriptFailure("there is no route[" + name.read(run).asText() + "]");
      }
      return route.call(run, values(arguments, run));
    };
  }

  private Term read(Expression given) {
    return value(given).value();
  }

  private static List<Value> values(List<Term> terms, Run run) {
    if (terms.isEmpty()) {
      return List.of();
    }
    var values = new ArrayList<Value>(terms.size());
    for (var term : terms) {
      values.add(term.read(run));
    }
    return values;
  }
}
