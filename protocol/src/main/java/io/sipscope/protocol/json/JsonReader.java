package io.sipscope.protocol.json;

import io.sipscope.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;

/// Reads JSON values that follow each other, as in one document or in a file of lines. Lenient in
/// one thing: control characters in a string need no escape.
///
/// The bytes are not trusted: whatever they are, reading ends, with at most [#MAX_VALUES] values
/// nested at most [#MAX_DEPTH] deep.
public final class JsonReader {
  /// tshark's trees of fields are about 10 deep.
  static final int MAX_DEPTH = 64;

  /// A message of 64 KiB, dissected with `-x`, has about 50,000.
  static final int MAX_VALUES = 1 << 18;

  private final Bytes text;
  private int at;
  private int values;

  public JsonReader(Bytes text) {
    this.text = text;
  }

  /// Whether nothing but white space is left.
  public boolean atEnd() {
    skipBlanks();
    return at == text.length();
  }

  /// The next value; empty when what comes is none, or more than the bounds allow. Then nothing
  /// behind it can be read either.
  public Optional<Json> next() {
    try {
      skipBlanks();
      return Optional.of(value(0));
    } catch (NoJson _) {
      return Optional.empty();
    }
  }

  /// Where reading ended, or failed: an offset in the text.
  public int offset() {
    return at;
  }

  /// Leaves a nest of calls; never seen outside.
  private static final class NoJson extends Exception {
    private static final long serialVersionUID = 1L;

    NoJson() {
      super("no JSON", null, false, false);
    }
  }

  private Json value(int depth) throws NoJson {
    if (depth == MAX_DEPTH || ++values > MAX_VALUES || at == text.length()) {
      throw new NoJson();
    }
    return switch (text.at(at)) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new Json.Text(string());
      default -> literal();
    };
  }

  private Json object(int depth) throws NoJson {
    at++;
    var members = new ArrayList<Json.Member>();
    skipBlanks();
    if (taken('}')) {
      return new Json.Dict(members);
    }
    do {
      skipBlanks();
      if (at == text.length() || text.at(at) != '"') {
        throw new NoJson();
      }
      var name = string().utf8();
      skipBlanks();
      expect(':');
      skipBlanks();
      members.add(new Json.Member(name, value(depth + 1)));
      skipBlanks();
    } while (taken(','));
    expect('}');
    return new Json.Dict(members);
  }

  private Json array(int depth) throws NoJson {
    at++;
    var elements = new ArrayList<Json>();
    skipBlanks();
    if (taken(']')) {
      return new Json.Array(elements);
    }
    do {
      skipBlanks();
      elements.add(value(depth + 1));
      skipBlanks();
    } while (taken(','));
    expect(']');
    return new Json.Array(elements);
  }

  private Json literal() throws NoJson {
    int start = at;
    while (at < text.length() && isLiteral(text.at(at))) {
      at++;
    }
    var word = text.latin1(start, at);
    return switch (word) {
      case "true" -> new Json.Bool(true);
      case "false" -> new Json.Bool(false);
      case "null" -> new Json.Null();
      default -> {
        if (word.isEmpty() || "+-.0123456789".indexOf(word.charAt(0)) < 0) {
          at = start;
          throw new NoJson();
        }
        yield new Json.Numeral(word);
      }
    };
  }

  /// A string without an escape, as most are, is a view of the text.
  private Bytes string() throws NoJson {
    int start = ++at;
    while (at < text.length() && text.at(at) != '"' && text.at(at) != '\\') {
      at++;
    }
    if (taken('"')) {
      return text.slice(start, at - 1);
    }
    var out = new ByteArrayOutputStream(at - start + 64);
    out.writeBytes(text.slice(start, at).toArray());
    while (at < text.length()) {
      byte b = text.at(at++);
      if (b == '"') {
        return Bytes.of(out.toByteArray());
      }
      if (b == '\\') {
        escape(out);
      } else {
        out.write(b);
      }
    }
    throw new NoJson();
  }

  private void escape(ByteArrayOutputStream out) throws NoJson {
    if (at == text.length()) {
      throw new NoJson();
    }
    byte letter = text.at(at++);
    switch (letter) {
      case '"', '\\', '/' -> out.write(letter);
      case 'b' -> out.write('\b');
      case 'f' -> out.write('\f');
      case 'n' -> out.write('\n');
      case 'r' -> out.write('\r');
      case 't' -> out.write('\t');
      case 'u' -> out.writeBytes(unicode().getBytes(StandardCharsets.UTF_8));
      default -> throw new NoJson();
    }
  }

  /// The four digits of an escape, and its second half where it is a surrogate: half a character
  /// has no bytes.
  private String unicode() throws NoJson {
    int unit = hex4();
    if (!Character.isSurrogate((char) unit)) {
      return Character.toString(unit);
    }
    if (Character.isLowSurrogate((char) unit) || !taken('\\') || !taken('u')) {
      throw new NoJson();
    }
    int low = hex4();
    if (!Character.isLowSurrogate((char) low)) {
      throw new NoJson();
    }
    return Character.toString(Character.toCodePoint((char) unit, (char) low));
  }

  private int hex4() throws NoJson {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.u8(at++), 16) : -1;
      if (digit < 0) {
        throw new NoJson();
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private void expect(char wanted) throws NoJson {
    if (!taken(wanted)) {
      throw new NoJson();
    }
  }

  private boolean taken(char wanted) {
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
