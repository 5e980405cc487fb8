package io.sipscope.node.trace;

/// A table that is not `sip_trace` of version 5: somebody has to look at it.
final class WrongTable extends Away {
  private static final long serialVersionUID = 1L;

  WrongTable(String why) {
    super(why);
  }
}
