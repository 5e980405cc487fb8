package io.sipscope.http.export;

/// A name for a download that no file system, shell or header can take amiss.
final class FileName {
  private static final int MAX_LENGTH = 80;

  private FileName() {}

  /// @param text a Call-ID: whatever its sender wrote
  static String of(String text, String extension) {
    var safe = new StringBuilder();
    for (int i = 0; i < text.length() && safe.length() < MAX_LENGTH; i++) {
      char c = text.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
      boolean inside = !safe.isEmpty() && (c == '.' || c == '_');
      safe.append(plain || inside ? c : '_');
    }
    return safe + extension;
  }
}
