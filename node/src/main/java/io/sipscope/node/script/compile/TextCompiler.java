package io.sipscope.node.script.compile;

import io.sipscope.node.script.run.Composed;
import io.sipscope.node.script.run.Place;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.tree.Expression.Part;
import io.sipscope.node.script.tree.Expression.Text;
import io.sipscope.node.script.tree.Expression.Transformed;
import io.sipscope.node.script.tree.Expression.Variable;
import io.sipscope.node.script.tree.Expression.Words;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.Transformation;
import io.sipscope.node.script.variables.VariableKind;
import io.sipscope.node.script.variables.VariableKind.Argument;
import io.sipscope.node.script.variables.VariableKind.Inner;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Compiles texts with pseudo-variables in them, and pseudo-variables.
final class TextCompiler {
  static final Term NULL = _ -> Value.Missing.NULL;

  /// Of what only a proxy has.
  private static final Place FORGETFUL =
      new Place() {
        @Override
        public Value read(Run run) {
          return Value.Missing.NULL;
        }

        @Override
        public void write(Run run, Value value) {
          // As null as before.
        }
      };

  private final Compilation compilation;

  TextCompiler(Compilation compilation) {
    this.compilation = compilation;
  }

  Term text(Text text) {
    var literal = text.literal();
    if (literal.isPresent()) {
      var value = Value.of(literal.get());
      return _ -> value;
    }
    return new Joined(
        text.parts().stream()
            .map(part -> new Piece(part(part), !(part instanceof Words)))
            .toList());
  }

  private record Piece(Term term, boolean isVariable) {}

  private record Joined(List<Piece> pieces) implements Composed {
    @Override
    public Value read(Run run) {
      return read(run, UnaryOperator.identity());
    }

    @Override
    public Value read(Run run, UnaryOperator<String> change) {
      var all = new StringBuilder();
      for (var piece : pieces) {
        var text = piece.term().read(run).asText();
        all.append(piece.isVariable() ? change.apply(text) : text);
        if (all.length() > Run.LONGEST_TEXT) {
          break;
        }
      }
      run.made(all.length());
      return Value.of(all.toString());
    }
  }

  private Term part(Part part) {
    return switch (part) {
      case Words(_, var words) -> {
        var value = Value.of(words);
        yield _ -> value;
      }
      case Variable variable -> variable(variable);
      case Text text -> text(text);
    };
  }

  Term variable(Variable variable) {
    var kind = compilation.registry().variables().get(variable.name());
    var isElsewhere = Elsewhere.OPENSIPS.variables().contains(variable.name());
    if (isElsewhere
        && (kind == null || (kind.inner() == Inner.NONE && variable.inner().isPresent()))) {
      compilation.warnOnce(
          variable.at(), "$" + variable.name() + " is always null here: only a proxy has it");
      return transformed(FORGETFUL, variable.transformations());
    }
    if (kind == null) {
      compilation.error(
          variable.at(),
          "there is no pseudo-variable $"
              + variable.name()
              + compilation.nearVariables().to(variable.name()));
      return NULL;
    }
    if (!fits(variable, kind)) {
      return NULL;
    }
    var inner = variable.inner().map(this::text).orElse(NULL);
    var literal = variable.inner().flatMap(Text::literal);
    var index = variable.index().map(this::text).orElse(NULL);
    return made(variable, kind, new Argument(inner, literal, index));
  }

  /// Each of the values of `$(x[*])`: the one that an index read at run time gives.
  Term each(Variable variable, Term index) {
    var kind = compilation.registry().variables().get(variable.name());
    if (kind == null || !fits(variable, kind)) {
      // It says what is wrong with it.
      return variable(variable);
    }
    var inner = variable.inner().map(this::text).orElse(NULL);
    var literal = variable.inner().flatMap(Text::literal);
    return made(variable, kind, new Argument(inner, literal, index));
  }

  private Term made(Variable variable, VariableKind kind, Argument argument) {
    try {
      return transformed(kind.at(argument), variable.transformations());
    } catch (Unusable unusable) {
      compilation.error(variable.at(), unusable.getMessage());
      return NULL;
    }
  }

  private boolean fits(Variable variable, VariableKind kind) {
    if (variable.inner().isPresent() && kind.inner() == Inner.NONE) {
      compilation.error(variable.at(), "$" + variable.name() + " has no parentheses");
      return false;
    }
    if (variable.inner().isEmpty() && kind.inner() == Inner.REQUIRED) {
      compilation.error(variable.at(), "$" + variable.name() + " wants something in parentheses");
      return false;
    }
    return true;
  }

  private Term transformed(Term term, List<Transformed> transformations) {
    var whole = term;
    for (var one : transformations) {
      whole = transformed(whole, one);
    }
    return whole;
  }

  private Term transformed(Term term, Transformed one) {
    var known = compilation.registry().transformations();
    var how = known.get(one.name());
    if (how == null) {
      compilation.error(
          one.at(),
          "there is no transformation {"
              + one.name()
              + "}"
              + new Nearest("", known.keySet()).to(one.name()));
      return NULL;
    }
    var arguments = one.arguments().stream().map(this::text).toList();
    return run -> transform(how, term.read(run), arguments, run);
  }

  private static Value transform(Transformation how, Value value, List<Term> arguments, Run run) {
    var read = new ArrayList<Value>(arguments.size());
    for (var argument : arguments) {
      read.add(argument.read(run));
    }
    var changed = how.of(value, read);
    if (changed instanceof Value.Text(var text)) {
      run.made(text.length());
    }
    return changed;
  }

  /// Something to write to.
  Optional<Place> place(Variable variable) {
    var term = variable(variable);
    if (term instanceof Place place) {
      return Optional.of(place);
    }
    if (Elsewhere.OPENSIPS.isWritable(variable.name())) {
      compilation.warnOnce(
          variable.at(),
          "$" + variable.name() + " stays what was captured: nothing can be written to it here");
      return Optional.of(FORGETFUL);
    }
    if (term != NULL) {
      compilation.error(variable.at(), "$" + variable.name() + " can only be read");
    }
    return Optional.empty();
  }
}
