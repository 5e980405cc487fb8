package io.sipscope.persistence.index;

import io.sipscope.protocol.net.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Texts as the index's search columns hold them, and the patterns that find them: what is
/// compared was made the same way on both sides, in Java, so that every store finds the same.
///
/// Texts come off the network. In a search column they are in lower case, cut at [#MAX_TEXT], and
/// without control characters, which separate the entries of a list column and which a
/// PostgreSQL text may not hold. The `summary` column has them unchanged.
public final class Searchable {
  /// Longer texts are searchable by their beginning: a column of unbounded texts has no bounded
  /// cost.
  static final int MAX_TEXT = 256;

  private static final char SEPARATOR = '\n';
  private static final char ESCAPE = '!';

  private Searchable() {}

  /// Lower case, bounded, printable.
  static String text(String raw) {
    // Cut twice: a few letters are longer in lower case.
    return printable(printable(raw).toLowerCase(Locale.ROOT));
  }

  /// Bounded and printable, in the case it has.
  public static String printable(String raw) {
    int end = Math.min(raw.length(), MAX_TEXT);
    for (int i = 0; i < end; i++) {
      char c = raw.charAt(i);
      if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
        return replaced(raw, end);
      }
    }
    return end == raw.length() ? raw : raw.substring(0, end);
  }

  private static String replaced(String raw, int end) {
    var text = new StringBuilder(end);
    for (int i = 0; i < end; i++) {
      char c = raw.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < end
          && Character.isLowSurrogate(raw.charAt(i + 1))) {
        text.append(c).append(raw.charAt(++i));
      } else if (c < ' ' || c == 0x7f) {
        text.append(' ');
      } else {
        text.append(Character.isSurrogate(c) ? '\ufffd' : c);
      }
    }
    return text.toString();
  }

  /// A list column: every entry between separators.
  static String list(List<String> entries) {
    if (entries.isEmpty()) {
      return "";
    }
    var text = new StringBuilder().append(SEPARATOR);
    for (var entry : entries) {
      text.append(printable(entry)).append(SEPARATOR);
    }
    return text.toString();
  }

  static String addresses(List<Endpoint> endpoints) {
    var texts = new ArrayList<String>(endpoints.size());
    for (var endpoint : endpoints) {
      texts.add(endpoint.toString());
    }
    return list(texts);
  }

  /// A LIKE pattern for what contains a text, in whatever case.
  static String containing(String text) {
    return "%" + escaped(text(text)) + "%";
  }

  /// A LIKE pattern for a list column with an entry.
  static String withEntry(String entry) {
    return "%" + SEPARATOR + escaped(printable(entry)) + SEPARATOR + "%";
  }

  /// A LIKE pattern for a list column with an entry that begins so.
  static String withEntryFrom(String beginning) {
    return "%" + SEPARATOR + escaped(printable(beginning)) + "%";
  }

  private static String escaped(String text) {
    var pattern = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ESCAPE || c == '%' || c == '_') {
        pattern.append(ESCAPE);
      }
      pattern.append(c);
    }
    return pattern.toString();
  }
}
