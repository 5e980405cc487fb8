package io.sipscope.node.sources.redis;

import io.sipscope.http.json.Rfc3339;
import io.sipscope.protocol.relay.Relayed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// What could not be read, as it is kept for whoever wants to know why.
///
/// @param source the channel or the stream it came by
/// @param entry its ID in the stream; empty of a channel
/// @param at when it came, nanoseconds since the epoch
/// @param original its fields; of a channel one, without a name
record DeadLetter(
    Relayed.Malformed why, String source, String entry, long at, Map<String, byte[]> original) {

  /// As much as is kept of one field: the list must not fill Redis.
  static final int MOST_BYTES = 16 << 10;

  /// The most fields kept of one entry.
  private static final int MOST_FIELDS = 32;

  /// The entry of the stream it is kept in.
  Map<String, byte[]> fields() {
    var fields = new LinkedHashMap<String, byte[]>();
    fields.put("reason", text(why.reason()));
    fields.put("detail", text(why.detail()));
    fields.put("source", text(source));
    fields.put("entry", text(entry));
    fields.put("receivedAt", text(Rfc3339.text(at)));
    boolean cut = original.size() > MOST_FIELDS;
    for (var field : original.entrySet().stream().limit(MOST_FIELDS).toList()) {
      var value = field.getValue();
      cut |= value.length > MOST_BYTES;
      fields.put(
          field.getKey().isEmpty() ? "original" : "original." + field.getKey(),
          value.length > MOST_BYTES ? Arrays.copyOf(value, MOST_BYTES) : value);
    }
    fields.put("cut", text(Boolean.toString(cut)));
    return fields;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
