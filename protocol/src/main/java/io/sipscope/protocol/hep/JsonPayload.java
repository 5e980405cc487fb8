package io.sipscope.protocol.hep;

import io.sipscope.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The object that OpenSIPS wraps a SIP message in for HOMER 6 (`homer5_on = 0`):
/// `{"payload": "INVITE sip:...\r\n..."}`, with the payload type still SIP.
///
/// Reads that and no more of JSON (RFC 8259), in one pass over the bytes. Text that is not such an
/// object stays as it is: what it then fails to be is for the SIP parser to say.
final class JsonPayload {
  private static final String KEY = "payload";

  private final Bytes text;
  private final byte[] out;
  private int at;
  private int size;

  private JsonPayload(Bytes text) {
    this.text = text;
    this.out = new byte[text.length()];
  }

  /// The message inside, or the payload itself when it is not wrapped.
  static Bytes unwrapped(Bytes payload) {
    int first = 0;
    while (first < payload.length() && isBlank(payload.at(first))) {
      first++;
    }
    return first < payload.length() && payload.at(first) == '{'
        ? new JsonPayload(payload).message(first + 1)
        : payload;
  }

  private Bytes message(int from) {
    at = from;
    var message = text;
    do {
      skipBlanks();
      if (!string()) {
        return text;
      }
      boolean wanted = new String(out, 0, size, StandardCharsets.UTF_8).equals(KEY);
      skipBlanks();
      if (!next(':')) {
        return text;
      }
      skipBlanks();
      if (!(wanted ? string() : value())) {
        return text;
      }
      if (wanted) {
        message = Bytes.of(Arrays.copyOf(out, size));
      }
      skipBlanks();
    } while (next(','));
    if (!next('}')) {
      return text;
    }
    skipBlanks();
    return at == text.length() ? message : text;
  }

  /// Passes over one value: a string, a literal, or a whole object or array by its brackets.
  private boolean value() {
    int depth = 0;
    do {
      skipBlanks();
      if (at == text.length()) {
        return false;
      }
      switch (text.at(at)) {
        case '"' -> {
          if (!string()) {
            return false;
          }
        }
        case '{', '[' -> {
          depth++;
          at++;
        }
        case '}', ']' -> {
          if (depth-- == 0) {
            return false;
          }
          at++;
        }
        default -> {
          if (depth == 0 && !isLiteral(text.at(at))) {
            return false;
          }
          do {
            at++;
          } while (at < text.length() && isLiteral(text.at(at)));
        }
      }
    } while (depth > 0);
    return true;
  }

  /// Reads a string at the cursor into `out`; escapes become the bytes they stand for, all other
  /// bytes pass unchanged, in whatever encoding they are.
  private boolean string() {
    size = 0;
    if (!next('"')) {
      return false;
    }
    while (at < text.length()) {
      byte b = text.at(at++);
      if (b == '"') {
        return true;
      }
      if (b != '\\') {
        out[size++] = b;
      } else if (at == text.length() || !escape(text.at(at++))) {
        return false;
      }
    }
    return false;
  }

  private boolean escape(byte letter) {
    switch (letter) {
      case '"', '\\', '/' -> out[size++] = letter;
      case 'b' -> out[size++] = '\b';
      case 'f' -> out[size++] = '\f';
      case 'n' -> out[size++] = '\n';
      case 'r' -> out[size++] = '\r';
      case 't' -> out[size++] = '\t';
      case 'u' -> {
        return unicode();
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /// Reads the four digits of an escape, and its second half where it is a surrogate.
  private boolean unicode() {
    int unit = hex4();
    if (unit < 0 || Character.isLowSurrogate((char) unit)) {
      return false;
    }
    int codePoint = unit;
    if (Character.isHighSurrogate((char) unit)) {
      int low = next('\\') && next('u') ? hex4() : -1;
      if (low < 0 || !Character.isLowSurrogate((char) low)) {
        return false;
      }
      codePoint = Character.toCodePoint((char) unit, (char) low);
    }
    for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      out[size++] = b;
    }
    return true;
  }

  private int hex4() {
    if (text.length() - at < 4) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(text.u8(at++), 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private boolean next(char wanted) {
    if (at < text.length() && text.at(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.at(at))) {
      at++;
    }
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  private static boolean isLiteral(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '-'
        || b == '+'
        || b == '.';
  }
}
