package io.sipscope.node.script.dispatcher;

import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.VariableKind;
import io.sipscope.node.script.variables.VariableKind.Argument;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.node.script.variables.Variables;
import java.util.Optional;
import java.util.regex.Pattern;

/// `pvar_algo_pattern`: a pseudo-variable that tells how much a destination has to do, with `%u`
/// for its URI and `%i` for the number of its set.
///
/// @param kind empty when there is no pattern: then nobody has anything to do
/// @param inner what is in its parentheses
record LoadPattern(Optional<VariableKind> kind, String inner) {
  private static final Pattern FORM =
      Pattern.compile("\\$(?:\\((\\w[\\w.]*)\\((.*)\\)\\)|(\\w[\\w.]*)\\((.*)\\))");
  private static final String URI = "%u";
  private static final String SET = "%i";
  private static final Term NOTHING = _ -> Value.Missing.NULL;

  static final LoadPattern NONE = new LoadPattern(Optional.empty(), "");

  static LoadPattern of(String pattern) throws Unusable {
    if (pattern.isBlank()) {
      return NONE;
    }
    var form = FORM.matcher(pattern.strip());
    if (!form.matches()) {
      throw wrong(pattern);
    }
    boolean isWrapped = form.group(1) != null;
    var kind = Variables.all().get(isWrapped ? form.group(1) : form.group(3));
    if (kind == null) {
      throw wrong(pattern);
    }
    return new LoadPattern(Optional.of(kind), isWrapped ? form.group(2) : form.group(4));
  }

  private static Unusable wrong(String pattern) {
    return new Unusable(
        "pvar_algo_pattern \"" + pattern + "\" (wanted: a pseudo-variable: $stat(load_%u))");
  }

  /// What to read for one destination.
  Term of(int set, String uri) throws Unusable {
    if (kind.isEmpty()) {
      return NOTHING;
    }
    var name = inner.replace(SET, Integer.toString(set)).replace(URI, uri);
    return kind.get().at(new Argument(_ -> Value.of(name), Optional.of(name), NOTHING));
  }
}
