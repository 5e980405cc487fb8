package io.sipscope.node.ingest;

import io.sipscope.protocol.capture.Capture;

/// A message on its way to the dialog of its key.
public record Arrival(String key, Capture capture, Origin origin) {

  /// Bytes it holds in memory: the message, and [#OVERHEAD] for what describes it.
  public int size() {
    return capture.sip().length() + OVERHEAD;
  }

  /// Addresses, times, key and the objects around them, roughly.
  private static final int OVERHEAD = 256;
}
