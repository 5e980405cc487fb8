package io.sipscope.node.agents;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// The key of one agent, as its SHA-256: the key itself is kept nowhere. How long it takes to
/// compare tells nothing of how much of a key was right.
final class AgentKey {
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

  private final byte[] digest;

  private AgentKey(byte[] digest) {
    this.digest = digest;
  }

  static AgentKey of(String key) {
    return new AgentKey(digest(key));
  }

  /// @param hex 64 hexadecimal digits; empty when they are not
  static Optional<AgentKey> ofSha256(String hex) {
    return HEX.matcher(hex).matches()
        ? Optional.of(new AgentKey(HexFormat.of().parseHex(hex)))
        : Optional.empty();
  }

  boolean opens(String shown) {
    return MessageDigest.isEqual(digest, digest(shown));
  }

  private static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// It shows nothing of the key.
  @Override
  public String toString() {
    return "a key";
  }
}
