package io.sipscope.node.script.value;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;

/// Regular expressions of scripts. Matching one takes time in proportion to the text and to what
/// the pattern comes to, which is bounded: `((a{1000}){1000}){1000}` is a short text.
public final class TextPattern {
  /// Longer patterns that messages have a part in are not compiled.
  public static final int LONGEST = 1_024;

  /// Letters, and what else a pattern looks for, once its repetitions are written out.
  private static final long LARGEST = 10_000;

  private static final String QUOTE = "\\Q";

  private TextPattern() {}

  /// @param flags of the library
  public static Pattern compile(String text, int flags) {
    if (size(text) > LARGEST) {
      throw new PatternSyntaxException(
          "more than " + LARGEST + " letters, repetitions counted", "");
    }
    return Pattern.compile(text, flags);
  }

  private static long size(String text) {
    var around = new ArrayDeque<Long>();
    long whole = 0;
    long last = 0;
    for (int at = 0; at < text.length() && whole <= LARGEST; at++) {
      switch (text.charAt(at)) {
        case '(' -> {
          around.push(whole);
          whole = 0;
        }
        case ')' -> {
          last = whole + 1;
          whole = last + (around.isEmpty() ? 0 : around.pop());
        }
        case '{' -> {
          long more = last * (times(text, at + 1) - 1);
          last += more;
          whole += more;
        }
        case '\\', '[' -> {
          int end = end(text, at);
          last = 1;
          whole += text.startsWith(QUOTE, at) ? end - at : 1;
          at = end;
        }
        default -> {
          last = 1;
          whole++;
        }
      }
    }
    return around.stream().reduce(whole, Long::sum);
  }

  /// Where something ends in which brackets mean nothing: an escape, a quotation, a class of
  // letters.
  private static int end(String text, int from) {
    if (text.startsWith(QUOTE, from)) {
      return last(text, "\\E", from);
    }
    if (text.startsWith("\\x{", from)) {
      return last(text, "}", from);
    }
    if (text.charAt(from) == '\\') {
      return from + 1;
    }
    int at = from + (text.startsWith("[^", from) ? 2 : 1);
    for (at += text.startsWith("]", at) ? 1 : 0; at < text.length(); at++) {
      if (text.charAt(at) == ']') {
        return at;
      }
      int named = text.startsWith("[:", at) ? text.indexOf(":]", at + 2) : -1;
      if (named >= 0) {
        at = named + 1;
      } else if (text.charAt(at) == '\\') {
        at++;
      }
    }
    return at;
  }

  private static int last(String text, String end, int from) {
    int at = text.indexOf(end, from);
    return at < 0 ? text.length() : at + end.length() - 1;
  }

  /// The larger number of `{2}`, `{2,}`, `{2,4}`; 1 where there is none.
  private static long times(String text, int from) {
    long most = 1;
    long number = 0;
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c >= '0' && c <= '9') {
        number = Math.min(LARGEST, number * 10 + c - '0');
        most = Math.max(most, number);
      } else if (c == ',') {
        number = 0;
      } else {
        return c == '}' ? most : 1;
      }
    }
    return 1;
  }
}
