package io.sipscope.persistence.trace;

/// A line that begins with a name in brackets: `[name] rest`. What stands in the brackets behind a
/// blank is passed over, as OpenSIPS does.
///
/// @param rest trimmed
record Bracketed(String name, String rest) {
  private static final int SHORTEST = 5;

  /// What a name may be: it is shown, logged and part of statistics' names.
  private static final int LONGEST_NAME = 128;

  static Reading<Bracketed> read(String given) {
    var line = given.strip();
    if (line.length() < SHORTEST) {
      return Reading.bad(
          line.length() + " characters (wanted: [name] and what it stands for, 5 or more)");
    }
    int close = line.indexOf(']');
    if (line.charAt(0) != '[' || close < 0) {
      return Reading.bad("no name in brackets at the beginning (wanted: [name])");
    }
    var inside = line.substring(1, close).strip();
    int blank = inside.indexOf(' ');
    var name = blank < 0 ? inside : inside.substring(0, blank);
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(c -> c < ' ')) {
      return Reading.bad("a name of " + name.length() + " characters (wanted: 1 to 128)");
    }
    return Reading.good(new Bracketed(name, line.substring(close + 1).strip()));
  }
}
