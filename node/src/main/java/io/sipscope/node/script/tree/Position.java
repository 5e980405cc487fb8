package io.sipscope.node.script.tree;

/// Where something stands in a script. Lines and columns are counted from 1.
///
/// @param endColumn the column behind its last character; on the same line
public record Position(String file, int line, int column, int endColumn) {
  /// Of what no file has: a rule of the configuration.
  public static Position of(String file) {
    return new Position(file, 1, 1, 1);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
