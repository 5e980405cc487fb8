package io.sipscope.http.access;

import com.typesafe.config.Config;
import io.sipscope.http.HttpSettings.Unusable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// A key that opens the API. Only its digest is kept: whoever reads the configuration cannot use
/// it. Keys are random and long, so a plain SHA-256 is enough; they are no passwords.
///
/// @param name who it was given to
/// @param sha256 lower-case hexadecimal SHA-256 of the key
public record ApiKey(String name, String sha256) {
  private static final int HEX_DIGITS = 64;

  public static ApiKey from(Config config) {
    var sha256 = config.getString("sha256").toLowerCase(Locale.ROOT);
    var name = config.getString("name");
    if (sha256.length() != HEX_DIGITS || !sha256.chars().allMatch(HexFormat::isHexDigit)) {
      throw new Unusable(
          "sipscope.http.api-keys: the sha256 of \""
              + name
              + "\" must be 64 hexadecimal digits, the output of `printf %s KEY | sha256sum`.");
    }
    return new ApiKey(name, sha256);
  }

  /// Whether a text is the key, in a time that tells nothing of it.
  boolean opens(byte[] digestOfText) {
    return MessageDigest.isEqual(HexFormat.of().parseHex(sha256), digestOfText);
  }

  static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /// Without the digest: settings get logged.
  @Override
  public String toString() {
    return "ApiKey(" + name + ")";
  }
}
