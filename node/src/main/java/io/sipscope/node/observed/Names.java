package io.sipscope.node.observed;

/// Names from outside, as part of a statistic's name.
final class Names {
  /// Longer ones are cut: they are repeated in every list of statistics.
  private static final int MAX_LENGTH = 64;

  private Names() {}

  /// With an underscore for what is neither letter, digit, dot nor dash.
  static String cleaned(String name) {
    var cleaned = new StringBuilder(Math.min(name.length(), MAX_LENGTH));
    for (int i = 0; i < name.length() && i < MAX_LENGTH; i++) {
      char c = name.charAt(i);
      cleaned.append(isPlain(c) ? c : '_');
    }
    return cleaned.isEmpty() ? "_" : cleaned.toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '-'
        || c == '_';
  }
}
