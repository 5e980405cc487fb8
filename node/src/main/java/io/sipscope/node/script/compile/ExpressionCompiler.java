package io.sipscope.node.script.compile;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Term;
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
import io.sipscope.node.script.value.Value;
import io.sipscope.protocol.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compiles expressions: to what can be read, or to what holds or not.
final class ExpressionCompiler {
  private static final Value YES = Value.of(1);
  private static final Value NO = Value.of(0);
  private static final Value INET = Value.of("INET");
  private static final Value INET6 = Value.of("INET6");

  /// The bare words of 1.x and 2.x.
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("method", "rm"),
          Map.entry("uri", "ru"),
          Map.entry("status", "rs"),
          Map.entry("from_uri", "fu"),
          Map.entry("to_uri", "tu"),
          Map.entry("src_ip", "si"),
          Map.entry("src_port", "sp"),
          Map.entry("dst_ip", "Ri"),
          Map.entry("dst_port", "Rp"),
          Map.entry("msg:len", "ml"),
          Map.entry("proto", "proto"),
          Map.entry("retcode", "rc"));

  private final Compilation compilation;
  private final TextCompiler texts;
  private final CallCompiler calls;

  ExpressionCompiler(Compilation compilation) {
    this.compilation = compilation;
    this.texts = new TextCompiler(compilation);
    this.calls = new CallCompiler(compilation, this, texts);
  }

  TextCompiler texts() {
    return texts;
  }

  CallCompiler calls() {
    return calls;
  }

  /// What it is without being run, as far as that can be seen.
  static Optional<Value> constant(Expression expression) {
    return switch (expression) {
      case Whole(_, long number) -> Optional.of(Value.of(number));
      case Text text -> text.literal().map(Value::of);
      case Name(_, var name) when name.equalsIgnoreCase("null") -> Optional.of(Value.Missing.NULL);
      case Computed(var at, var how, var left, var right) ->
          constant(left).flatMap(one -> constant(right).flatMap(two -> folded(at, how, one, two)));
      case Name _, Variable _, Network _, Call _, RouteCall _, Unary _, Compared _, All _, Any _ ->
          Optional.empty();
    };
  }

  private static Optional<Value> folded(Position at, Arithmetic how, Value left, Value right) {
    try {
      return Optional.of(Computing.compute(how, left, right, at));
    } catch (Uncomputable _) {
      // It fails when it runs, and is told then.
      return Optional.empty();
    }
  }

  Term term(Expression expression) {
    var constant = constant(expression);
    if (constant.isPresent()) {
      var value = constant.get();
      return _ -> value;
    }
    return switch (expression) {
      case Whole(_, long number) -> _ -> Value.of(number);
      case Text text -> texts.text(text);
      case Variable variable -> texts.variable(variable);
      case Name name -> name(name);
      case Network(var at, var block) -> {
        compilation.error(at, "a network is wanted behind '==' or '!=' only");
        var value = Value.of(block.toString());
        yield _ -> value;
      }
      case Call call -> {
        var code = calls.call(call);
        yield run -> Value.of(going(run, code.call(run)));
      }
      case RouteCall call -> {
        var code = calls.route(call);
        yield run -> Value.of(going(run, code.call(run)));
      }
      case Unary(var at, var operator, var operand) -> unary(at, operator, operand);
      case Computed(var at, var how, var left, var right) -> computed(at, how, left, right);
      case Compared _, All _, Any _ -> {
        var condition = condition(expression);
        yield run -> condition.holds(run) ? YES : NO;
      }
    };
  }

  private Term computed(Position at, Arithmetic how, Expression left, Expression right) {
    var one = term(left);
    var other = term(right);
    return run -> Computing.compute(how, one.read(run), other.read(run), at, run);
  }

  private Term unary(Position at, Unary.Operator operator, Expression operand) {
    return switch (operator) {
      case NOT -> {
        var condition = condition(operand);
        yield run -> condition.holds(run) ? NO : YES;
      }
      case MINUS -> {
        var term = term(operand);
        yield run -> Value.of(-Computing.number(term.read(run), at));
      }
      case BIT_NOT -> {
        var term = term(operand);
        yield run -> Value.of(~Computing.number(term.read(run), at));
      }
    };
  }

  /// A bare word where a value is wanted: one of the old ones, or it stands for itself.
  private Term name(Name name) {
    if (name.name().equals("myself")) {
      compilation.warnOnce(name.at(), "'myself' is nobody here: a node has no SIP addresses");
      return TextCompiler.NULL;
    }
    if (name.name().equals("af")) {
      var address = texts.variable(plain(name.at(), "si"));
      return run -> address.read(run).asText().indexOf(':') < 0 ? INET : INET6;
    }
    var variable = WORDS.get(name.name());
    if (variable != null && compilation.registry().variables().containsKey(variable)) {
      return texts.variable(plain(name.at(), variable));
    }
    var value = Value.of(name.name());
    return _ -> value;
  }

  private static Variable plain(Position at, String name) {
    return new Variable(at, name, Optional.empty(), Optional.empty(), List.of());
  }

  Condition condition(Expression expression) {
    return switch (expression) {
      case All(_, var of) -> all(of.stream().map(this::condition).toArray(Condition[]::new));
      case Any(_, var of) -> any(of.stream().map(this::condition).toArray(Condition[]::new));
      case Unary(_, var operator, var operand) when operator == Unary.Operator.NOT -> {
        var inner = condition(operand);
        yield run -> !inner.holds(run);
      }
      case Compared compared -> compared(compared);
      case Call call -> {
        var code = calls.call(call);
        yield run -> going(run, code.call(run)) > 0;
      }
      case RouteCall call -> {
        var code = calls.route(call);
        yield run -> going(run, code.call(run)) > 0;
      }
      case Name name when !WORDS.containsKey(name.name()) && constant(name).isEmpty() -> {
        compilation.error(
            name.at(),
            "'"
                + name.name()
                + "' is no condition"
                + new Nearest("", WORDS.keySet()).to(name.name()));
        yield _ -> false;
      }
      case Name _, Network _, Whole _, Text _, Variable _, Computed _, Unary _ -> {
        var term = term(expression);
        yield run -> term.read(run).isTrue();
      }
    };
  }

  private static Condition all(Condition[] of) {
    return run -> {
      for (var condition : of) {
        if (!condition.holds(run)) {
          return false;
        }
      }
      return true;
    };
  }

  private static Condition any(Condition[] of) {
    return run -> {
      for (var condition : of) {
        if (condition.holds(run)) {
          return true;
        }
      }
      return false;
    };
  }

  private Condition compared(Compared compared) {
    var left = term(compared.left());
    var how = compared.how();
    if (how == Comparison.MATCHES || how == Comparison.MATCHES_NOT) {
      return matched(compared, left, how == Comparison.MATCHES);
    }
    if (compared.right() instanceof Network(_, var block)
        && (how == Comparison.EQUAL || how == Comparison.DIFFERENT)) {
      var isWanted = how == Comparison.EQUAL;
      return run ->
          IpAddress.parse(left.read(run).asText()).filter(block::holds).isPresent() == isWanted;
    }
    var right = term(compared.right());
    return run -> Comparing.compare(how, left.read(run), right.read(run));
  }

  /// A pattern without variables is compiled now, as it stands: its `$` is the end of a line.
  private Condition matched(Compared compared, Term left, boolean isWanted) {
    if (compared.right() instanceof Text text && text.literal().isPresent()) {
      var pattern = pattern(text);
      return run -> Comparing.matches(run, left.read(run), pattern) == isWanted;
    }
    var right = term(compared.right());
    var at = compared.at();
    return run -> Comparing.matches(run, left.read(run), right.read(run), at) == isWanted;
  }

  private Pattern pattern(Text text) {
    try {
      return Comparing.pattern(text.raw().replace("\\\\", "\\"));
    } catch (PatternSyntaxException wrong) {
      compilation.error(text.at(), "this is no pattern: " + wrong.getDescription());
      return Pattern.compile("");
    }
  }

  /// What a call gave; 0 ends the run.
  private static int going(Run run, int code) {
    run.result(Value.of(code));
    if (code == Routine.ENDED) {
      throw new Ended();
    }
    return code;
  }
}
