package io.sipscope.protocol.link;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The words of links as short tokens, that an index can hold some of for every dialog. Two words
/// may have one token: it finds what may belong together, and the messages say whether it does.
public final class LinkTokens {
  /// Six bits a character: 48 bits. Of 10,000,000 dialogs with ten tokens each, one in
  /// 300,000 questions is answered with a dialog too many.
  private static final int LENGTH = 8;

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-.";

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private LinkTokens() {}

  /// The tokens of links, each once.
  public static Set<String> of(Collection<? extends Link> links) {
    var tokens = new LinkedHashSet<String>();
    for (var link : links) {
      for (var word : link.words()) {
        if (!word.isEmpty()) {
          tokens.add(token(word));
        }
      }
    }
    return tokens;
  }

  /// The tokens of those that name a dialog: by its Call-ID, or by that without a B2BUA's suffix.
  public static Set<String> naming(String callId, LinkRules rules) {
    var tokens = new LinkedHashSet<String>();
    var names = new LinkedHashSet<String>(List.of(callId));
    names.addAll(rules.bases(callId));
    for (var name : names) {
      if (!name.isEmpty()) {
        tokens.add(token(new Link.Reference("", name, "", "").words().getFirst()));
      }
    }
    return tokens;
  }

  /// FNV-1a of the text, mixed so that its high bits count.
  static String token(String word) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < word.length(); i++) {
      hash = (hash ^ word.charAt(i)) * FNV_PRIME;
    }
    hash = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
    hash ^= hash >>> 29;
    var text = new char[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      text[i] = DIGITS.charAt((int) (hash >>> (6 * i)) & 63);
    }
    return new String(text);
  }
}
