package io.sipscope.http.query;

import io.sipscope.http.Problem;
import io.sipscope.persistence.index.DialogIndex.Cursor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Where a page ended, as an opaque text for a URL: base64url of the keyset it stands on.
public final class PageCursor {
  private static final char BETWEEN = '\n';

  private PageCursor() {}

  public static String text(Cursor cursor) {
    return encode(Long.toString(cursor.time()) + BETWEEN + cursor.key());
  }

  public static Optional<Cursor> dialogs(Parameters parameters) {
    return parameters.text("cursor").map(PageCursor::read);
  }

  /// @throws Problem.Refused for what is none
  public static Cursor read(String text) {
    return decode(text).flatMap(PageCursor::cursor).orElseThrow(() -> bad(text));
  }

  public static Problem.Refused bad(String text) {
    return Parameters.bad("cursor", text, "what an earlier page gave as next");
  }

  private static Optional<Cursor> cursor(String decoded) {
    int end = decoded.indexOf(BETWEEN);
    if (end < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Cursor(Long.parseLong(decoded.substring(0, end)), decoded.substring(end + 1)));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  public static String encode(String plain) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  public static Optional<String> decode(String text) {
    try {
      return Optional.of(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
