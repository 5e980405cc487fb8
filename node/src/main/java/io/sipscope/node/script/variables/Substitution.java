package io.sipscope.node.script.variables;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.ScriptFailure;
import io.sipscope.node.script.value.TextPattern;
import io.sipscope.node.script.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// `{re.subst,/pattern/replacement/flags}`: puts something else where a pattern fits, once, or
/// everywhere with the flag `g`; `i` is for whatever case, `s` lets a dot fit the end of a line.
/// `\1` of the replacement is what the first group was. The time it takes is in proportion to the
/// text, whatever the pattern is.
///
/// @param replacement as the library writes it
/// @param groups how many it has of what was found
record Substitution(Pattern pattern, String replacement, long groups, boolean isEverywhere) {
  /// Patterns made of what messages say must not fill the memory.
  private static final int MOST_KNOWN = 1_000;

  private static final Map<String, Optional<Substitution>> KNOWN = new ConcurrentHashMap<>();

  static Value of(Value value, List<Value> given) {
    // A comma parts the arguments, also one of the pattern.
    var text = given.stream().map(Value::asText).collect(Collectors.joining(","));
    if (text.isEmpty()) {
      return value;
    }
    var read =
        read(text)
            .orElseThrow(
                () ->
                    new ScriptFailure(
                        "re.subst \"" + text + "\" (wanted: /pattern/replacement/flags)"));
    return Value.of(read.replaced(value.asText()));
  }

  private String replaced(String text) {
    var matcher = pattern.matcher(text);
    var all = new StringBuilder();
    for (var found = matcher.find(); found; found = isEverywhere && matcher.find()) {
      long most = all.length() + groups * (matcher.end() - matcher.start());
      if (most > Run.LONGEST_TEXT) {
        throw new ScriptFailure("re.subst makes a text longer than " + Run.LONGEST_TEXT);
      }
      matcher.appendReplacement(all, replacement);
    }
    matcher.appendTail(all);
    return all.toString();
  }

  private static Optional<Substitution> read(String text) {
    var known = KNOWN.get(text);
    if (known != null) {
      return known;
    }
    var made = made(text);
    if (KNOWN.size() < MOST_KNOWN) {
      KNOWN.put(text, made);
    }
    return made;
  }

  /// The first character parts the three; one behind a backslash parts nothing.
  private static Optional<Substitution> made(String given) {
    var text = given.strip();
    if (text.length() < 3 || text.length() > TextPattern.LONGEST) {
      return Optional.empty();
    }
    char separator = text.charAt(0);
    int middle = next(text, 1, separator);
    int end = middle < 0 ? -1 : next(text, middle + 1, separator);
    var flags = end < 0 ? "" : text.substring(end + 1).strip();
    if (end < 0 || !flags.matches("[gis]{0,3}")) {
      return Optional.empty();
    }
    try {
      int options =
          (flags.indexOf('i') < 0 ? 0 : Pattern.CASE_INSENSITIVE)
              | (flags.indexOf('s') < 0 ? 0 : Pattern.DOTALL);
      var pattern = TextPattern.compile(plain(text.substring(1, middle), separator), options);
      var replacement = replacement(plain(text.substring(middle + 1, end), separator), pattern);
      return replacement.map(
          written -> {
            long groups = written.chars().filter(character -> character == '$').count();
            return new Substitution(pattern, written, groups, flags.indexOf('g') >= 0);
          });
    } catch (PatternSyntaxException _) {
      return Optional.empty();
    }
  }

  private static int next(String text, int from, char separator) {
    for (int at = from; at < text.length(); at++) {
      if (text.charAt(at) == separator) {
        return at;
      }
      if (text.charAt(at) == '\\') {
        at++;
      }
    }
    return -1;
  }

  private static String plain(String text, char separator) {
    return text.replace("\\" + separator, String.valueOf(separator));
  }

  /// Empty when it names a group that there is none of.
  private static Optional<String> replacement(String text, Pattern pattern) {
    var written = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        at++;
        int group = text.charAt(at) - '0';
        if (group >= 0 && group <= 9) {
          if (group > pattern.groupCount()) {
            return Optional.empty();
          }
          written.append('$').append(group);
          continue;
        }
        c = text.charAt(at);
      }
      if (c == '$' || c == '\\') {
        written.append('\\');
      }
      written.append(c);
    }
    return Optional.of(written.toString());
  }
}
