package io.sipscope.protocol.sip;

import io.sipscope.protocol.Bytes;

/// The Call-ID of a message (RFC 3261 §8.1.1.4): its bytes as sent. [#NONE] stands for a missing or
/// empty one.
public record CallId(Bytes bytes) {
  public static final CallId NONE = new CallId(Bytes.EMPTY);

  /// Longer Call-IDs are keyed by their digest: journals and indexes have bounded key columns.
  public static final int MAX_KEY_BYTES = 200;

  /// What a digest key begins with.
  public static final String DIGEST_PREFIX = "sha256:";

  public static CallId of(String text) {
    return text.isEmpty() ? NONE : new CallId(Bytes.of(text));
  }

  public boolean isPresent() {
    return !bytes.isEmpty();
  }

  /// The entity key: the Call-ID itself, or `sha256:` and the hex digest of its bytes when it is
  /// over [#MAX_KEY_BYTES] bytes or has bytes outside printable ASCII. A text that already is such
  /// a key is its own key.
  public String key() {
    return isPlain() ? bytes.latin1() : DIGEST_PREFIX + bytes.sha256Hex();
  }

  /// The Call-ID as text: UTF-8, what is no UTF-8 replaced.
  public String text() {
    return bytes.utf8();
  }

  private boolean isPlain() {
    if (bytes.length() > MAX_KEY_BYTES) {
      return false;
    }
    for (int i = 0; i < bytes.length(); i++) {
      if (bytes.at(i) < 0x20 || bytes.at(i) > 0x7e) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text();
  }
}
