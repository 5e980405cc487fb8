package io.sipscope.node.script.compile;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.tree.Expression.Comparison;
import io.sipscope.node.script.tree.Position;
import io.sipscope.node.script.value.TextPattern;
import io.sipscope.node.script.value.Value;

/// Comparisons as OpenSIPS does them (`comp_scriptvar` in `route.c`): texts without regard to
/// case; null differs from everything but null, and compares with nothing.
final class Comparing {
  private Comparing() {}

  static boolean compare(Comparison how, Value left, Value right) {
    if (left.isNull() || right.isNull()) {
      var areSame = left.isNull() && right.isNull();
      return areSame ? how == Comparison.EQUAL : how == Comparison.DIFFERENT;
    }
    if (left instanceof Value.Whole(long one) && right instanceof Value.Whole(long other)) {
      return holds(how, Long.compare(one, other));
    }
    var one = left.asNumber();
    var other = right.asNumber();
    var areTexts = left instanceof Value.Text && right instanceof Value.Text;
    if (!areTexts && one.isPresent() && other.isPresent()) {
      return holds(how, Long.compare(one.getAsLong(), other.getAsLong()));
    }
    return texts(how, left.asText(), right.asText());
  }

  static boolean texts(Comparison how, String left, String right) {
    return switch (how) {
      case EQUAL -> left.equalsIgnoreCase(right);
      case DIFFERENT -> !left.equalsIgnoreCase(right);
      case LESS, MORE, AT_MOST, AT_LEAST -> holds(how, left.compareToIgnoreCase(right));
      case MATCHES, MATCHES_NOT -> throw new IllegalArgumentException("a pattern is no text");
    };
  }

  private static boolean holds(Comparison how, int sign) {
    return switch (how) {
      case EQUAL, MATCHES -> sign == 0;
      case DIFFERENT, MATCHES_NOT -> sign != 0;
      case LESS -> sign < 0;
      case MORE -> sign > 0;
      case AT_MOST -> sign <= 0;
      case AT_LEAST -> sign >= 0;
    };
  }

  static Pattern pattern(String text) throws PatternSyntaxException {
    return TextPattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  }

  static boolean matches(Run run, Value left, Pattern pattern) {
    if (left.isNull()) {
      return false;
    }
    var text = left.asText();
    run.searches(pattern.pattern().length(), text.length());
    return pattern.matcher(text).find();
  }

  /// `=~` with a pattern that is known only now.
  static boolean matches(Run run, Value left, Value pattern, Position at) {
    if (left.isNull() || pattern.isNull()) {
      return left.isNull() && pattern.isNull();
    }
    var text = pattern.asText();
    if (text.length() > TextPattern.LONGEST) {
      throw new Uncomputable(
          at, "the pattern has more than " + TextPattern.LONGEST + " characters");
    }
    try {
      return matches(run, left, pattern(text));
    } catch (PatternSyntaxException wrong) {
      throw new Uncomputable(at, "this is no pattern: " + wrong.getDescription());
    }
  }
}
