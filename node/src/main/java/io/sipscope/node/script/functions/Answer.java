package io.sipscope.node.script.functions;

/// What a function gives back.
final class Answer {
  static final int TRUE = 1;
  static final int FALSE = -1;

  private Answer() {}

  static int of(boolean yes) {
    return yes ? TRUE : FALSE;
  }
}
