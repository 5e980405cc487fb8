package io.sipscope.node.script;

import io.sipscope.node.script.functions.Arguments;
import io.sipscope.node.script.functions.ScriptFunction;
import io.sipscope.node.script.run.Place;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.VariableKind.Argument;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.node.script.variables.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pseudo-variables and calls as a script has them, without a script: `$rm`, `$hdr(Via)`,
/// `$(hdr(Via)[1])`, `$json(all/method)`; inside parentheses all is literal.
public final class Made {
  private static final Term NOTHING = _ -> Value.Missing.NULL;
  private static final Pattern FORM =
      Pattern.compile(
          "\\$\\((?<a>[\\w.]+)(?:\\((?<b>[^)]*)\\))?\\[(?<i>[^\\]]*)]\\)"
              + "|\\$(?<c>[\\w.]+)(?:\\((?<d>[^)]*)\\))?");

  private Made() {}

  public static Term variable(String text) throws Unusable {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(text);
    }
    var inner = Optional.ofNullable(either(form, "b", "d"));
    var index = Optional.ofNullable(form.group("i"));
    return Variables.all()
        .get(either(form, "a", "c"))
        .at(
            new Argument(
                inner.map(Made::text).orElse(NOTHING),
                inner,
                index.map(Made::text).orElse(NOTHING)));
  }

  private static String either(Matcher form, String one, String other) {
    return form.group(one) == null ? form.group(other) : form.group(one);
  }

  private static Term text(String text) {
    return _ -> Value.of(text);
  }

  public static Place place(String text) throws Unusable {
    return (Place) variable(text);
  }

  public static String read(Run run, String text) throws Unusable {
    return variable(text).read(run).asText();
  }

  /// Calls a function with texts and variables; what is empty is left out.
  public static int call(ScriptFunction function, Run run, String... given) throws Unusable {
    return at(function, given).call(run);
  }

  public static ScriptFunction.Call at(ScriptFunction function, String... given) throws Unusable {
    var arguments = new ArrayList<Optional<Arguments.Argument>>();
    for (int at = 0; at < function.parameters().size(); at++) {
      var text = at < given.length ? given[at] : "";
      if (text.isEmpty()) {
        arguments.add(Optional.empty());
      } else if (text.startsWith("$")) {
        arguments.add(Optional.of(new Arguments.Argument(variable(text), Optional.empty())));
      } else {
        arguments.add(Optional.of(new Arguments.Argument(text(text), Optional.of(text))));
      }
    }
    return function.at(new Arguments(List.copyOf(arguments), _ -> {}));
  }
}
