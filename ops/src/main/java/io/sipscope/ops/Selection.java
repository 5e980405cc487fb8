package io.sipscope.ops;

import io.sipscope.http.query.Filters;
import java.nio.charset.StandardCharsets;

/// Which dialogs are meant: one by its Call-ID, or all that a search finds.
///
/// A word that begins with a filter's name and `=` is a filter, in the syntax of a URL's query:
/// `from=alice&status=486`. Any other is a Call-ID; one that looks like a filter is written
/// `call-id=from%3Dalice`.
sealed interface Selection {
  /// Characters that a URL's query may hold (RFC 3986 §3.4), with `%`.
  String IN_A_QUERY = "-._~!$&'()*+,;=:@/?%";

  record Dialog(String callId) implements Selection {}

  /// @param query fit for a URL
  record Search(String query) implements Selection {}

  static Selection of(String word) {
    int equals = word.indexOf('=');
    return equals > 0 && Filters.NAMES.contains(word.substring(0, equals))
        ? new Search(encoded(word))
        : new Dialog(word);
  }

  /// Under which path the node has their messages as HEP3.
  default String hepPath() {
    return switch (this) {
      case Dialog(var callId) -> "/api/dialogs/" + RemoteNode.encoded(callId) + "/hep";
      case Search(var query) -> "/api/hep?" + query;
    };
  }

  /// What may have been meant when nothing was found; empty when the word tells.
  default String hint() {
    return switch (this) {
      case Dialog(var callId) when callId.indexOf('=') > 0 ->
          " (a filter begins with one of "
              + String.join(", ", Filters.NAMES.stream().sorted().toList())
              + ")";
      case Search(var query) when query.indexOf('+') > 0 ->
          " (+ stands for a blank here; %2B is a plus)";
      case Dialog _, Search _ -> "";
    };
  }

  private static String encoded(String word) {
    var encoded = new StringBuilder(word.length());
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || IN_A_QUERY.indexOf(c) >= 0;
      encoded.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return encoded.toString();
  }
}
