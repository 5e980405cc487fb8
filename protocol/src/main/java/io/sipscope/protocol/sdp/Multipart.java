package io.sipscope.protocol.sdp;

import io.sipscope.protocol.Bytes;
import java.util.Locale;
import java.util.Optional;

/// A multipart body (RFC 2046 §5.1): finds one part by its type. One level deep, as SIP bodies are.
final class Multipart {
  /// RFC 2046 §5.1.1 has boundaries of 70 characters at most; some senders write longer ones.
  private static final int MAX_BOUNDARY = 256;

  /// The most header lines of a part that are looked at.
  private static final int MAX_PART_HEADERS = 32;

  private Multipart() {}

  static Optional<Bytes> part(Bytes body, String contentType, String wanted) {
    var boundary = boundary(contentType);
    if (boundary.isEmpty()) {
      return Optional.empty();
    }
    var delimiter = Bytes.of("--" + boundary);
    int start = delimiterAt(body, delimiter, 0);
    while (start >= 0) {
      int from = lineAfter(body, start);
      int next = delimiterAt(body, delimiter, from);
      var part = body.slice(from, next < 0 ? body.length() : next);
      int content = content(part, wanted);
      if (content >= 0) {
        return Optional.of(part.from(content));
      }
      start = next;
    }
    return Optional.empty();
  }

  private static String boundary(String contentType) {
    int name = contentType.toLowerCase(Locale.ROOT).indexOf("boundary=");
    if (name < 0) {
      return "";
    }
    int from = name + "boundary=".length();
    boolean quoted = from < contentType.length() && contentType.charAt(from) == '"';
    int end = contentType.indexOf(quoted ? '"' : ';', quoted ? from + 1 : from);
    var text =
        contentType.substring(quoted ? from + 1 : from, end < 0 ? contentType.length() : end);
    return text.length() > MAX_BOUNDARY ? "" : text.strip();
  }

  /// Where a line starts with the delimiter; -1 when none does.
  private static int delimiterAt(Bytes body, Bytes delimiter, int from) {
    int at = from;
    while (at < body.length()) {
      if (body.length() - at >= delimiter.length()
          && body.slice(at, at + delimiter.length()).equals(delimiter)) {
        return at;
      }
      at = lineAfter(body, at);
    }
    return -1;
  }

  /// Where the content of a part starts if it is of the type; -1 when it is not. Without a
  /// Content-Type a part is text.
  private static int content(Bytes part, String wanted) {
    boolean found = false;
    int at = 0;
    for (int lines = 0; lines < MAX_PART_HEADERS && at < part.length(); lines++) {
      int next = lineAfter(part, at);
      var line = part.latin1(at, next).strip().toLowerCase(Locale.ROOT);
      if (line.isEmpty()) {
        return found ? next : -1;
      }
      if (line.startsWith("content-type:") || line.startsWith("c:")) {
        found = line.substring(line.indexOf(':') + 1).strip().startsWith(wanted);
      }
      at = next;
    }
    return -1;
  }

  private static int lineAfter(Bytes body, int from) {
    int lineFeed = body.indexOf((byte) '\n', from);
    return lineFeed < 0 ? body.length() : lineFeed + 1;
  }
}
