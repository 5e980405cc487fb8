package io.sipscope.protocol.json;

import io.sipscope.protocol.Bytes;
import java.util.List;

/// One JSON value (RFC 8259) as it was written: strings as the bytes they stand for, numbers as
/// their text, members in their order with repeated names kept, as tshark repeats them.
public sealed interface Json {

  /// Escapes are decoded; all other bytes are as they came, in whatever encoding they are.
  record Text(Bytes bytes) implements Json {}

  /// `1795217439.657367000`: no digit is lost to a `double`.
  record Numeral(String text) implements Json {}

  record Bool(boolean value) implements Json {}

  record Null() implements Json {}

  record Array(List<Json> elements) implements Json {
    public Array {
      elements = List.copyOf(elements);
    }
  }

  record Dict(List<Member> members) implements Json {
    public Dict {
      members = List.copyOf(members);
    }
  }

  record Member(String name, Json value) {}
}
