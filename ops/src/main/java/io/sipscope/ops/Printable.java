package io.sipscope.ops;

/// Text from the network made fit for a terminal: whoever sends SIP could otherwise move the
/// cursor, rewrite lines or set the window's title.
final class Printable {
  private Printable() {}

  /// Control, format and line-separating characters as `\n`, `\x1b`, `\u202e`; all else unchanged.
  static String line(String text) {
    var printable = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(printable, c, false));
    return printable.toString();
  }

  /// The same, but line breaks and tabs stay: for texts of many lines.
  static String text(String text) {
    var printable = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(printable, c, true));
    return printable.toString();
  }

  private static void append(StringBuilder printable, int c, boolean keepLayout) {
    if (keepLayout && (c == '\n' || c == '\t')) {
      printable.appendCodePoint(c);
      return;
    }
    switch (c) {
      case '\n' -> printable.append("\\n");
      case '\r' -> printable.append("\\r");
      case '\t' -> printable.append("\\t");
      default -> {
        if (isPrintable(c)) {
          printable.appendCodePoint(c);
        } else {
          printable.append(c < 0x100 ? "\\x%02x".formatted(c) : "\\u%04x".formatted(c));
        }
      }
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }
}
