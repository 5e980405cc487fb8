package io.sipscope.protocol.relay;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The fields of one record under names without case and punctuation, so that `srcIp`, `src_ip`,
/// `SRC-IP` and `{"src": {"ip": ...}}` are one: a field inside another is known by both names in a
/// row, and by its own where no outer field has that.
final class Fields {
  /// Objects are looked into so deep; what is deeper is another's business.
  private static final int MAX_DEPTH = 3;

  /// What a message describes is not said of the message.
  private static final String NOT_LOOKED_INTO = "sdp";

  private final Map<String, List<Bytes>> values = new HashMap<>();
  private final Map<String, List<Bytes>> inner = new HashMap<>();

  static Fields of(Json.Dict object) {
    var fields = new Fields();
    fields.addAll("", object, 0);
    return fields;
  }

  /// The fields of an entry of a stream.
  static Fields of(Map<String, Bytes> entry) {
    var fields = new Fields();
    entry.forEach(fields::add);
    return fields;
  }

  private void addAll(String within, Json.Dict object, int depth) {
    for (var member : object.members()) {
      add(within, member.name(), member.value(), depth);
    }
  }

  private void add(String within, String name, Json value, int depth) {
    switch (value) {
      case Json.Text(var bytes) -> add(within, name, bytes);
      case Json.Numeral(var text) -> add(within, name, Bytes.of(text));
      case Json.Array(var elements) when !elements.isEmpty() && depth < MAX_DEPTH ->
          add(within, name, elements.getFirst(), depth + 1);
      case Json.Dict object when depth < MAX_DEPTH && !name.equals(NOT_LOOKED_INTO) ->
          addAll(name, object, depth + 1);
      case Json.Array _, Json.Dict _, Json.Bool _, Json.Null _ -> {}
    }
  }

  private void add(String within, String name, Bytes value) {
    if (within.isEmpty()) {
      add(name, value);
    } else {
      add(within + name, value);
      inner.computeIfAbsent(plain(name), _ -> new ArrayList<>(1)).add(value);
    }
  }

  private void add(String name, Bytes value) {
    values.computeIfAbsent(plain(name), _ -> new ArrayList<>(1)).add(value);
  }

  /// Letters and digits, in lower case.
  private static String plain(String name) {
    var plain = new StringBuilder(name.length());
    name.toLowerCase(Locale.ROOT)
        .chars()
        .filter(Character::isLetterOrDigit)
        .forEach(c -> plain.append((char) c));
    return plain.toString();
  }

  /// The first field of any of these names that is not blank, names in this order.
  Optional<Bytes> bytes(List<String> names) {
    return all(names).stream().findFirst();
  }

  /// Likewise, every one of them.
  List<Bytes> all(List<String> names) {
    var found = new ArrayList<Bytes>();
    for (var map : List.of(values, inner)) {
      for (var name : names) {
        map.getOrDefault(name, List.of()).stream()
            .filter(value -> !value.isEmpty())
            .forEach(found::add);
      }
    }
    return found;
  }

  Optional<String> text(List<String> names) {
    return bytes(names).map(Bytes::utf8).map(String::strip).filter(text -> !text.isEmpty());
  }
}
