package io.sipscope.node;

/// Configuration that makes no sense: one sentence naming the key, the value and what would be
/// right. It stops the start.
public final class BadSetting extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param wanted what would be right: `a port number from 0 to 65535`
  public BadSetting(String key, Object value, String wanted) {
    super(key + " is " + shown(value) + ", but it must be " + wanted + ".");
  }

  private BadSetting(String sentence) {
    super(sentence);
  }

  static BadSetting missing(String key, String wanted) {
    return new BadSetting(key + " is not set, but it must be " + wanted + ".");
  }

  private static String shown(Object value) {
    return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
  }
}
