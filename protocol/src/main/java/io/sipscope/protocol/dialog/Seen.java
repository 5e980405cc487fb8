package io.sipscope.protocol.dialog;

/// What a capture is to its dialog.
public enum Seen {
  /// Not seen before.
  FIRST,
  /// The same bytes between the same endpoints at a later time: kept and marked.
  RETRANSMISSION,
  /// The same sighting again (time, endpoints, bytes): not stored again.
  DUPLICATE
}
