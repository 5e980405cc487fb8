package io.sipscope.persistence.wire;

import java.io.NotSerializableException;

/// Stored or received bytes that this version cannot read: damaged, cut short, or written by a
/// newer version. The one exception that every decoder of this module throws for bad bytes; it
/// stops the one dialog or message that the bytes belong to.
public sealed class Unreadable extends NotSerializableException permits NewerVersion {
  private static final long serialVersionUID = 1L;

  /// @param reason what was there (what was wanted)
  public Unreadable(String reason) {
    super(reason);
  }
}
