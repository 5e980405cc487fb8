package io.sipscope.node.events;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How a webhook's receiver knows who sent it: HMAC-SHA-256 (RFC 2104) with a secret both have, in
/// hexadecimal, `sha256=` before it.
public final class Signature {
  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /// @param secret not empty
  /// @param parts signed as if they were one
  public static String of(String secret, byte[]... parts) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      for (var part : parts) {
        mac.update(part);
      }
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal());
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
