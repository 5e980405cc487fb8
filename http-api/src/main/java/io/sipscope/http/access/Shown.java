package io.sipscope.http.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// The key that a request shows: a bearer token (RFC 6750), the password of Basic with any user
/// (RFC 7617), or `X-API-Key`.
final class Shown {
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private Shown() {}

  static Optional<String> of(Optional<String> authorization, Optional<String> apiKey) {
    return authorization.flatMap(Shown::key).or(() -> apiKey).map(String::strip);
  }

  private static Optional<String> key(String authorization) {
    var folded = authorization.toLowerCase(Locale.ROOT);
    if (folded.startsWith(BEARER)) {
      return Optional.of(authorization.substring(BEARER.length()));
    }
    return folded.startsWith(BASIC)
        ? password(authorization.substring(BASIC.length()).strip())
        : Optional.empty();
  }

  private static Optional<String> password(String base64) {
    try {
      var pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
