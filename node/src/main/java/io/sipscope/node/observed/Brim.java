package io.sipscope.node.observed;

/// Whether something that fills and empties has just reached a mark, or just fallen below it: each
/// is told once. Not thread-safe.
final class Brim {
  private final int mark;
  private boolean reached;

  /// @param mark percent; 0 = it is never reached
  Brim(int mark) {
    this.mark = mark;
  }

  /// @param usage percent
  boolean isNews(int usage) {
    boolean was = reached;
    reached = mark > 0 && usage >= mark;
    return reached != was;
  }
}
