package io.sipscope.node.script.grammar;

import io.sipscope.node.script.tree.Position;

/// What is wrong with a script, or strange in it.
///
/// @param sentence what was there, and what was wanted
/// @param source the line of the script that it is about
public record Complaint(Position at, String sentence, Severity severity, String source) {
  public enum Severity {
    ERROR,
    WARNING
  }

  /// Longer lines are shown as far as this, in characters.
  private static final int SHOWN = 200;

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /// `file:line:column: error: sentence`, the line, and a caret under the place.
  public String shown() {
    var kind = isError() ? "error" : "warning";
    var line = source.length() > SHOWN ? source.substring(0, SHOWN) : source;
    var before = new StringBuilder();
    var start = Math.min(at.column() - 1, line.length());
    for (var i = 0; i < start; i++) {
      before.append(line.charAt(i) == '\t' ? '\t' : ' ');
    }
    var length = Math.max(1, Math.min(at.endColumn() - at.column(), line.length() - start));
    var text = new StringBuilder();
    for (var i = 0; i < line.length(); i++) {
      var character = line.charAt(i);
      text.append(character >= ' ' || character == '\t' ? character : '?');
    }
    return at
        + ": "
        + kind
        + ": "
        + sentence
        + "\n"
        + text
        + "\n"
        + before
        + "^"
        + "~".repeat(length - 1);
  }
}
