package io.sipscope.protocol.relay;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.json.Json;
import io.sipscope.protocol.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads the forms in which other programs pass SIP messages on:
///
/// | form | |
/// | --- | --- |
/// | text | the message itself, or its base64; a log's lines before it are left away |
/// | record | an object, or the fields of a stream's entry: [RecordForm] |
/// | dissected | `tshark -T ek`, `-T json`, with or without `-x`, `-e`: [TsharkForm] |
/// | several | records one after another, as lines or in an array |
/// | nested | a record whose message is one of these as text |
///
/// The bytes are not trusted: whatever they are, the answer is a list of values. Only what was
/// written in JSON is decoded, and nothing is mended: a message with `\n` for line ends keeps them,
/// and one with the letters `\r\n` in it is none.
public final class RelayReader {
  /// The most that one value may have. A message of 64 KiB dissected with `-x` has 3 MB.
  public static final int MAX_BYTES = 4 << 20;

  /// A record within a record's text, and one within that.
  private static final int MAX_NESTED = 3;

  /// Where a stream's entry, or a record, may have another record as text.
  private static final List<String> NESTED =
      List.of("rawjson", "json", "data", "message", "payload", "raw", "value", "event", "packet");

  private RelayReader() {}

  /// Reads one value, as a channel has them.
  public static List<Relayed> read(Bytes text) {
    return read(text, Surroundings.NONE, 0);
  }

  /// Reads the fields of an entry, as a stream has them.
  public static List<Relayed> read(Map<String, Bytes> entry) {
    long size = entry.values().stream().mapToLong(Bytes::length).sum();
    if (size > MAX_BYTES) {
      return tooLarge(size);
    }
    return List.copyOf(record(Fields.of(entry), Surroundings.NONE, 0));
  }

  private static List<Relayed> read(Bytes text, Surroundings around, int depth) {
    if (text.length() > MAX_BYTES) {
      return tooLarge(text.length());
    }
    if (!startsJson(text)) {
      return List.of(
          SipText.find(text)
              .map(sip -> around.around(sip, false))
              .or(() -> LoggedText.find(text).map(logged -> logged.within(around)))
              .orElseGet(() -> RecordForm.notSip(text)));
    }
    var read = new ArrayList<Relayed>();
    var json = new JsonReader(text);
    while (!json.atEnd()) {
      var next = json.next();
      if (next.isEmpty()) {
        read.add(
            new Relayed.Malformed(
                "json", "no JSON at byte " + json.offset() + " of " + text.length()));
        break;
      }
      value(next.get(), around, depth, read);
    }
    return List.copyOf(read);
  }

  private static List<Relayed> tooLarge(long size) {
    return List.of(new Relayed.Malformed("too-large", size + " bytes (" + MAX_BYTES + " at most)"));
  }

  private static void value(Json value, Surroundings around, int depth, List<Relayed> read) {
    switch (value) {
      case Json.Text(var text) -> read.addAll(read(text, around, depth + 1));
      case Json.Array(var elements) -> {
        for (var element : elements) {
          value(element, around, depth, read);
        }
      }
      case Json.Dict object when isBulkLine(object) -> {}
      case Json.Dict object ->
          TsharkForm.layers(object)
              .ifPresentOrElse(
                  layers -> read.addAll(TsharkForm.read(object, layers, around)),
                  () -> read.addAll(record(Fields.of(object), around, depth)));
      case Json.Numeral _, Json.Bool _, Json.Null _ ->
          read.add(new Relayed.Malformed("no-message", "a bare JSON literal (an object)"));
    }
  }

  /// The message in a field, or another record in a field.
  private static List<Relayed> record(Fields fields, Surroundings around, int depth) {
    if (depth < MAX_NESTED) {
      for (var text : fields.all(NESTED)) {
        if (startsJson(text)) {
          return read(text, Surroundings.of(fields).or(around), depth + 1);
        }
      }
    }
    return List.of(RecordForm.read(fields, around));
  }

  /// Elasticsearch's line between two records, as `-T ek` writes it.
  private static boolean isBulkLine(Json.Dict object) {
    return object.members().size() == 1
        && object.members().getFirst().name().equals("index")
        && object.members().getFirst().value() instanceof Json.Dict;
  }

  private static boolean startsJson(Bytes text) {
    int at = 0;
    while (at < text.length() && text.at(at) <= ' ' && text.at(at) > 0) {
      at++;
    }
    return at < text.length() && (text.at(at) == '{' || text.at(at) == '[' || text.at(at) == '"');
  }
}
