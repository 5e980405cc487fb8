package io.sipscope.protocol.relay;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The fields of a packet as tshark dissected it, outer layers first. Names are those of its
/// display filters with `_` for `.`: `ip.src`, `ip_src` (`-T ek -e`) and `ip_ip_src` (`-T ek`) are
/// one. A field that occurs several times, in an array or by repeated names, has several values.
final class TsharkLayers {
  /// Layers, the fields in each, and the trees below those.
  private static final int MAX_DEPTH = 4;

  /// Fields of which a packet has one or the other in each layer, by the name they share here.
  private static final Map<String, String> EITHER =
      Map.of(
          "ip_src", "src",
          "ipv6_src", "src",
          "ip_dst", "dst",
          "ipv6_dst", "dst",
          "sip_Request-Line", "start_line",
          "sip_Status-Line", "start_line");

  private static final Pattern PORT = Pattern.compile("(?:udp|tcp|sctp)_((?:src|dst)port)");

  /// What `-x` adds to each field's name; `-T jsonraw` has no others.
  private static final String RAW = "_raw";

  private final Map<String, List<Bytes>> values = new HashMap<>();
  private final Set<String> layers = new HashSet<>();

  static TsharkLayers of(Json.Dict object) {
    var read = new TsharkLayers();
    for (var member : object.members()) {
      read.layers.add(member.name());
      read.add("", member.name(), member.value(), 0);
    }
    return read;
  }

  private void add(String layer, String name, Json value, int depth) {
    switch (value) {
      case Json.Text(var bytes) -> put(layer, name, bytes);
      case Json.Numeral(var text) -> put(layer, name, Bytes.of(text));
      case Json.Array(var elements) when isBytesInJson(elements) ->
          add(layer, name, elements.getFirst(), depth);
      case Json.Array(var elements) -> elements.forEach(each -> add(layer, name, each, depth));
      case Json.Dict object when depth < MAX_DEPTH ->
          object
              .members()
              .forEach(
                  member ->
                      add(depth == 0 ? name : layer, member.name(), member.value(), depth + 1));
      case Json.Dict _, Json.Bool _, Json.Null _ -> {}
    }
  }

  /// `["494e56...", offset, length, mask, type]`, as `-T json -x` writes bytes.
  private static boolean isBytesInJson(List<Json> elements) {
    return elements.size() == 5
        && elements.get(0) instanceof Json.Text
        && elements.stream().skip(1).allMatch(Json.Numeral.class::isInstance);
  }

  private void put(String layer, String name, Bytes value) {
    var plain = name.replace('.', '_');
    var doubled = layer + '_' + layer + '_';
    var key =
        !layer.isEmpty() && plain.startsWith(doubled) ? plain.substring(layer.length() + 1) : plain;
    values.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(value);
    boolean raw = key.endsWith(RAW);
    var shared = shared(raw ? key.substring(0, key.length() - RAW.length()) : key);
    if (!shared.isEmpty()) {
      values.computeIfAbsent(raw ? shared + RAW : shared, _ -> new ArrayList<>(1)).add(value);
    }
  }

  private static String shared(String key) {
    var port = PORT.matcher(key);
    return port.matches() ? port.group(1) : EITHER.getOrDefault(key, "");
  }

  boolean has(String layer) {
    return layers.contains(layer);
  }

  List<Bytes> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /// The bytes of a field of the innermost layer that has it.
  Optional<Bytes> raw(String name) {
    var all = all(name + RAW);
    return all.isEmpty() ? Optional.empty() : SipText.hex(all.getLast());
  }

  /// Of the innermost layer that has it.
  Optional<String> last(String name) {
    var all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast().utf8());
  }
}
