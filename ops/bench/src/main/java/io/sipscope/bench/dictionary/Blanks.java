package io.sipscope.bench.dictionary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/// Fills the blanks of a template, as `vendors.txt` describes them: `{x8}`, `{n1-30}`, `{a|b}`,
/// `{own}`. Blanks may hold blanks. The same random numbers make the same text.
record Blanks(Random random, Map<String, String> known) {
  private static final String HEX = "0123456789abcdef";
  private static final String SMALL = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  String fill(String template) {
    var text = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int open = template.indexOf('{', at);
      if (open < 0) {
        break;
      }
      int close = closing(template, open);
      text.append(template, at, open).append(filled(template.substring(open + 1, close)));
      at = close + 1;
    }
    return text.append(template, at, template.length()).toString();
  }

  String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  boolean often(double share) {
    return random.nextDouble() < share;
  }

  private String filled(String blank) {
    var choices = choices(blank);
    if (choices.size() > 1) {
      return fill(choices.get(random.nextInt(choices.size())));
    }
    var value = known.get(blank);
    if (value != null) {
      return value;
    }
    if (blank.equals("uuid")) {
      return fill("{x8}-{x4}-4{x3}-a{x3}-{x12}");
    }
    var rest = blank.substring(1);
    return switch (blank.charAt(0)) {
      case 'x' -> digits(HEX, rest);
      case 'X' -> digits(HEX.toUpperCase(Locale.ROOT), rest);
      case 'd' -> digits("0123456789", rest);
      case 'a' -> digits(SMALL, rest);
      case 'b' -> digits(BASE64, rest);
      case 'n' -> between(rest.split("-", 2));
      default -> throw new IllegalArgumentException("blank {" + blank + "}");
    };
  }

  private String digits(String alphabet, String count) {
    var text = new StringBuilder();
    for (int left = Integer.parseInt(count); left > 0; left--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private String between(String[] bounds) {
    int first = Integer.parseInt(bounds[0]);
    return Integer.toString(first + random.nextInt(Integer.parseInt(bounds[1]) - first + 1));
  }

  private static int closing(String template, int open) {
    int depth = 0;
    for (int i = open; i < template.length(); i++) {
      depth += depthOf(template.charAt(i));
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("open brace in: " + template);
  }

  /// Its parts between bars, those inside inner braces apart.
  private static List<String> choices(String blank) {
    var choices = new ArrayList<String>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < blank.length(); i++) {
      depth += depthOf(blank.charAt(i));
      if (depth == 0 && blank.charAt(i) == '|') {
        choices.add(blank.substring(start, i));
        start = i + 1;
      }
    }
    choices.add(blank.substring(start));
    return choices;
  }

  private static int depthOf(char c) {
    return switch (c) {
      case '{' -> 1;
      case '}' -> -1;
      default -> 0;
    };
  }
}
