package io.sipscope.node.otel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names of a dialog's trace and its spans, made from its key: the same dialog is the same trace,
/// whoever exports it and how often.
final class SpanIds {
  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;

  private final String key;

  SpanIds(String key) {
    this.key = key;
  }

  /// 32 hex digits.
  String trace() {
    return hex("trace\n" + key, TRACE_BYTES);
  }

  /// 16 hex digits.
  ///
  /// @param what tells it from the other spans of the trace
  String span(String what) {
    return hex("span\n" + key + "\n" + what, SPAN_BYTES);
  }

  private static String hex(String text, int bytes) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
