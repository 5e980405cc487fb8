package io.sipscope.node.script.grammar;

import io.sipscope.node.script.tree.Expression.Part;
import io.sipscope.node.script.tree.Expression.Text;
import io.sipscope.node.script.tree.Expression.Transformed;
import io.sipscope.node.script.tree.Expression.Variable;
import io.sipscope.node.script.tree.Expression.Words;
import io.sipscope.node.script.tree.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Reads what stands in a string, or behind a `$`: words, escapes and pseudo-variables.
final class TextReader {
  /// Pseudo-variables in the parentheses of pseudo-variables.
  private static final int DEEPEST = 16;

  private final String text;
  private final boolean hasEscapes;
  private final Position start;
  private final Complaints complaints;
  private final Predicate<String> isKnown;
  private final int[] lineEnds;
  private int at;
  private int depth;

  /// @param start where the first character of the text stands
  /// @param isKnown whether a name with a dot in it is one of a pseudo-variable
  TextReader(
      String text,
      boolean hasEscapes,
      Position start,
      Complaints complaints,
      Predicate<String> isKnown) {
    this.text = text;
    this.hasEscapes = hasEscapes;
    this.start = start;
    this.complaints = complaints;
    this.isKnown = isKnown;
    this.lineEnds = IntStream.range(0, text.length()).filter(i -> text.charAt(i) == '\n').toArray();
  }

  static boolean isNamePart(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '_'
        || character == '.';
  }

  Text text() {
    return text(text.length());
  }

  /// All of it is one pseudo-variable.
  Optional<Variable> variable() {
    var variable = variable(text.length());
    if (variable.isPresent() && at < text.length()) {
      complaints.error(place(at, text.length()), "nothing is wanted behind the pseudo-variable");
    }
    return variable;
  }

  private Text text(int end) {
    var from = at;
    var parts = new ArrayList<Part>();
    var words = new StringBuilder();
    var wordsFrom = at;
    while (at < end) {
      var character = text.charAt(at);
      if (character == '\\' && hasEscapes && at + 1 < end) {
        escape(words);
      } else if (character == '$' && at + 1 < end && text.charAt(at + 1) == '$') {
        words.append('$');
        at += 2;
      } else if (character == '$' && at + 1 < end && isStart(text.charAt(at + 1))) {
        if (!words.isEmpty()) {
          parts.add(new Words(place(wordsFrom, at), words.toString()));
          words.setLength(0);
        }
        variable(end).ifPresent(parts::add);
        wordsFrom = at;
      } else {
        words.append(character);
        at++;
      }
    }
    if (!words.isEmpty()) {
      parts.add(new Words(place(wordsFrom, at), words.toString()));
    }
    return new Text(place(from, end), parts, text.substring(from, end));
  }

  private static boolean isStart(char character) {
    return character == '(' || (isNamePart(character) && character != '.');
  }

  private void escape(StringBuilder words) {
    var next = text.charAt(at + 1);
    switch (next) {
      case 'n' -> words.append('\n');
      case 'r' -> words.append('\r');
      case 't' -> words.append('\t');
      case '\\', '"', '\'', '$' -> words.append(next);
      default -> words.append('\\').append(next);
    }
    at += 2;
  }

  private Optional<Variable> variable(int end) {
    var from = at;
    at++;
    if (++depth > DEEPEST) {
      complaints.error(
          place(from, end), "more than " + DEEPEST + " pseudo-variables in each other");
      at = end;
      depth--;
      return Optional.empty();
    }
    var variable = at < end && text.charAt(at) == '(' ? enclosed(from, end) : plain(from, end);
    depth--;
    return variable;
  }

  private Optional<Variable> plain(int from, int end) {
    var name = name(end);
    Optional<Text> inner = Optional.empty();
    if (at < end && text.charAt(at) == '(') {
      inner = inside('(', ')', end);
      if (inner.isEmpty()) {
        return Optional.empty();
      }
    }
    return named(from, name, inner, Optional.empty(), List.of());
  }

  private Optional<Variable> enclosed(int from, int end) {
    var close = closing('(', ')', at, end);
    if (close < 0) {
      return unclosed(from, ')', end);
    }
    at++;
    while (at < close && text.charAt(at) == ' ') {
      at++;
    }
    var name = name(close);
    Optional<Text> inner = Optional.empty();
    Optional<Text> index = Optional.empty();
    var transformations = new ArrayList<Transformed>();
    if (at < close && text.charAt(at) == '(') {
      inner = inside('(', ')', close);
    }
    if (at < close && text.charAt(at) == '[') {
      index = inside('[', ']', close);
    }
    while (at < close && text.charAt(at) == '{') {
      if (!transformation(close, transformations)) {
        break;
      }
    }
    if (at < close && !text.substring(at, close).isBlank()) {
      complaints.error(
          place(at, close), "found '" + text.substring(at, close) + "' where ')' is wanted");
    }
    at = close + 1;
    return named(from, name, inner, index, transformations);
  }

  private Optional<Variable> named(
      int from,
      String name,
      Optional<Text> inner,
      Optional<Text> index,
      List<Transformed> transformations) {
    if (name.isEmpty()) {
      complaints.error(place(from, at), "a pseudo-variable wants a name behind the '$'");
      return Optional.empty();
    }
    return Optional.of(new Variable(place(from, at), name, inner, index, transformations));
  }

  /// A dot belongs to a name only when there is such a name: `"$rm.txt"` is `$rm`.
  private String name(int end) {
    var from = at;
    var last = at;
    while (last < end && isNamePart(text.charAt(last))) {
      last++;
    }
    var dotted = text.substring(from, last);
    var dot = dotted.indexOf('.');
    at = dot < 0 || isKnown.test(dotted) ? last : from + dot;
    return text.substring(from, at);
  }

  private boolean transformation(int end, List<Transformed> transformations) {
    var from = at;
    var close = closing('{', '}', at, end);
    if (close < 0) {
      unclosed(from, '}', end);
      return false;
    }
    at++;
    var nameFrom = at;
    while (at < close && isNamePart(text.charAt(at))) {
      at++;
    }
    var name = text.substring(nameFrom, at);
    var arguments = new ArrayList<Text>();
    while (at < close) {
      at++;
      // A substitution has commas of its own.
      var next = name.startsWith("re.") ? close : comma(at, close);
      arguments.add(text(next));
      at = next;
    }
    at = close + 1;
    transformations.add(new Transformed(place(from, at), name, arguments));
    return true;
  }

  private int comma(int from, int end) {
    var open = 0;
    for (var i = from; i < end; i++) {
      switch (text.charAt(i)) {
        case '(' -> open++;
        case ')' -> open--;
        case ',' -> {
          if (open == 0) {
            return i;
          }
        }
        default -> {
          continue;
        }
      }
    }
    return end;
  }

  private Optional<Text> inside(char open, char close, int end) {
    var from = at;
    var closes = closing(open, close, at, end);
    if (closes < 0) {
      unclosed(from, close, end);
      return Optional.empty();
    }
    at++;
    var inner = text(closes);
    at = closes + 1;
    return Optional.of(inner);
  }

  private int closing(char open, char close, int from, int end) {
    var count = 0;
    for (var i = from; i < end; i++) {
      var character = text.charAt(i);
      if (character == open) {
        count++;
      } else if (character == close && --count == 0) {
        return i;
      }
    }
    return -1;
  }

  private Optional<Variable> unclosed(int from, char close, int end) {
    complaints.error(place(from, end), "a '" + close + "' is wanted for this pseudo-variable");
    at = end;
    return Optional.empty();
  }

  private Position place(int from, int to) {
    var found = Arrays.binarySearch(lineEnds, from);
    var lines = found < 0 ? -found - 1 : found;
    var column = lines == 0 ? start.column() + from : from - lineEnds[lines - 1];
    return new Position(
        start.file(), start.line() + lines, column, column + Math.max(1, to - from));
  }
}
