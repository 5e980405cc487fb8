package io.sipscope.node.ingest;

import io.sipscope.protocol.dialog.Seen;

/// Who waits for a message to be stored. Told once a message, on the thread of the ingest stream:
/// it must not block.
@FunctionalInterface
public interface Origin {
  /// Nobody waits: HEP has no acknowledgement to its sender.
  Origin NOBODY = _ -> {};

  void stored(Seen seen);
}
