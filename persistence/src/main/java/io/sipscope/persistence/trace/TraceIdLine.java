package io.sipscope.persistence.trace;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// A trace_id as it is written: `[name]key=value;key=value`, a `;` at the end or not, blanks and
/// new lines around keys and values. A key is known by how it begins, as in OpenSIPS; of a key
/// given twice the last counts.
///
/// A password of a database may hold `;` and `=`: behind `uri=` nothing separates before the last
/// `@` of the line. (OpenSIPS looks for the last backslash instead.) A `jdbc:` URL ends where a key
/// that is known follows.
record TraceIdLine(String name, Map<Key, String> values) {
  enum Key {
    URI,
    TABLE,
    VERSION,
    TRANSPORT;

    private final String text = name().toLowerCase(java.util.Locale.ROOT);

    static Optional<Key> of(String given) {
      for (var key : values()) {
        if (given.startsWith(key.text)) {
          return Optional.of(key);
        }
      }
      return Optional.empty();
    }
  }

  static Reading<TraceIdLine> read(String line) {
    return switch (Bracketed.read(line)) {
      case Reading.Bad<Bracketed>(var reason) -> Reading.bad(reason);
      case Reading.Good<Bracketed>(var parts) -> read(parts.name(), parts.rest());
    };
  }

  private static Reading<TraceIdLine> read(String name, String text) {
    var values = new EnumMap<Key, String>(Key.class);
    int at = 0;
    while (!text.substring(at).isBlank()) {
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        return Reading.bad("something without \"=\" behind its last key (wanted: key=value)");
      }
      var given = text.substring(at, equals).strip();
      var key = Key.of(given);
      if (key.isEmpty()) {
        return Reading.bad(
            "Invalid key <"
                + cut(given)
                + "> in trace id! (wanted: uri, table; version and"
                + " transport with hep:host:port)");
      }
      int end = key.get() == Key.URI ? uriEnd(text, equals + 1) : valueEnd(text, equals + 1);
      values.put(key.get(), text.substring(equals + 1, end).strip());
      at = Math.min(text.length(), end + 1);
    }
    if (values.getOrDefault(Key.URI, "").isEmpty()) {
      return Reading.bad("no uri (wanted: [name]uri=...)");
    }
    return Reading.good(new TraceIdLine(name, values));
  }

  /// What is no key may be part of a password.
  private static String cut(String key) {
    return key.matches("[A-Za-z_-]{1,20}") ? key : "...";
  }

  private static int uriEnd(String text, int start) {
    if (!text.substring(start).stripLeading().regionMatches(true, 0, "jdbc:", 0, 5)) {
      return valueEnd(text, Math.max(start, text.lastIndexOf('@')));
    }
    int end = valueEnd(text, start);
    while (end < text.length() && !isKeyNext(text, end + 1)) {
      end = valueEnd(text, end + 1);
    }
    return end;
  }

  private static boolean isKeyNext(String text, int start) {
    int equals = text.indexOf('=', start);
    return text.substring(start).isBlank()
        || (equals >= 0 && Key.of(text.substring(start, equals).strip()).isPresent());
  }

  private static int valueEnd(String text, int start) {
    int end = text.indexOf(';', start);
    return end < 0 ? text.length() : end;
  }

  String uri() {
    return values.get(Key.URI);
  }

  Optional<String> value(Key key) {
    return Optional.ofNullable(values.get(key));
  }
}
