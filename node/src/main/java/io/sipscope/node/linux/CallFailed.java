package io.sipscope.node.linux;

import java.io.IOException;

/// A call of the C library that failed, and what `errno` said.
public final class CallFailed extends IOException {
  private static final long serialVersionUID = 1L;
  private final int errno;

  CallFailed(String what, int errno) {
    super(what + " (errno " + errno + ")");
    this.errno = errno;
  }

  public int errno() {
    return errno;
  }
}
