package io.sipscope.protocol.sip;

/// A display name and URI as in From, To and Contact (RFC 3261 §20.10); parts are empty when
/// absent.
///
/// @param displayName without quotes and their escapes
/// @param user the user part of the URI, as sent, without password; the number of a `tel:` URI
/// @param host the host part without port; IPv6 in brackets
public record NameAddr(String displayName, String uri, String user, String host, String tag) {
  public static final NameAddr NONE = new NameAddr("", "", "", "", "");

  /// Reads the first value of a header or URI text of that form.
  public static NameAddr of(String text) {
    var bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return read(bytes, Span.trimmed(bytes, 0, bytes.length));
  }

  /// `user@host`, or the one of them that is there, or the whole URI.
  public String aor() {
    if (user.isEmpty()) {
      return host.isEmpty() ? uri : host;
    }
    return host.isEmpty() ? user : user + "@" + host;
  }

  static NameAddr read(byte[] array, long value) {
    if (Span.isEmpty(value)) {
      return NONE;
    }
    int start = Span.start(value);
    int end = Span.end(value);
    int left = Params.leftAngle(array, start, end);
    int params = Params.start(array, start, end);
    var tag = Span.text(array, Params.value(array, params, end, "tag"));
    if (left < 0) {
      int uriEnd = start;
      while (uriEnd < end && array[uriEnd] != ';' && !Span.isBlank(array[uriEnd])) {
        uriEnd++;
      }
      return named("", array, Span.of(start, uriEnd), tag);
    }
    int right = Span.indexOf(array, '>', left, end);
    return named(
        displayName(array, Span.trimmed(array, start, left)),
        array,
        Span.trimmed(array, left + 1, right < 0 ? end : right),
        tag);
  }

  private static NameAddr named(String displayName, byte[] array, long uri, String tag) {
    int start = Span.start(uri);
    int end = Span.end(uri);
    int colon = Span.indexOf(array, ':', start, end);
    int afterScheme = colon < 0 ? start : colon + 1;
    boolean isNumber = colon >= 0 && Span.isIgnoringCase(array, start, colon, "tel");
    int at = isNumber ? end : userEnd(array, afterScheme, end);
    int host = isNumber ? end : at < 0 ? afterScheme : at + 1;
    long user =
        isNumber
            ? Span.of(afterScheme, until(array, afterScheme, end, ";?"))
            : at < 0
                ? Span.of(afterScheme, afterScheme)
                : Span.of(afterScheme, until(array, afterScheme, at, ":"));
    return new NameAddr(
        displayName,
        Headers.unfolded(array, uri),
        Span.text(array, user),
        Span.text(array, Span.of(host, hostEnd(array, host, end))),
        tag);
  }

  /// The `@` that ends the user part: the last before any parameter (some senders put a whole
  /// `user@domain` before it), else the first there is; -1 without one.
  private static int userEnd(byte[] array, int from, int end) {
    int params = until(array, from, end, ";?");
    for (int i = params - 1; i >= from; i--) {
      if (array[i] == '@') {
        return i;
      }
    }
    return Span.indexOf(array, '@', params, end);
  }

  private static int hostEnd(byte[] array, int from, int end) {
    if (from < end && array[from] == '[') {
      int close = Span.indexOf(array, ']', from, end);
      return close < 0 ? end : close + 1;
    }
    return until(array, from, end, ":;?> \t\r\n");
  }

  private static int until(byte[] array, int from, int end, String stops) {
    int at = from;
    while (at < end && (array[at] < 0 || stops.indexOf(array[at]) < 0)) {
      at++;
    }
    return at;
  }

  private static String displayName(byte[] array, long span) {
    var text = Headers.unfolded(array, span);
    if (text.length() < 2 || text.charAt(0) != '"' || !text.endsWith("\"")) {
      return text;
    }
    var plain = new StringBuilder(text.length());
    for (int i = 1; i < text.length() - 1; i++) {
      if (text.charAt(i) == '\\' && i + 1 < text.length() - 1) {
        i++;
      }
      plain.append(text.charAt(i));
    }
    return plain.toString();
  }
}
