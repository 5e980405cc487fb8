package io.sipscope.persistence.wire;

/// Bytes that a newer version wrote, as far as can be told: whole, and to be read by that.
public final class NewerVersion extends Unreadable {
  private static final long serialVersionUID = 1L;

  /// @param reason what was there (what was wanted)
  public NewerVersion(String reason) {
    super(reason);
  }
}
