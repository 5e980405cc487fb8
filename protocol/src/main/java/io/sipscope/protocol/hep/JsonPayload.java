package io.sipscope.protocol.hep;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.json.Json;
import io.sipscope.protocol.json.JsonReader;

/// The object that OpenSIPS wraps a SIP message in for HOMER 6 (`homer5_on = 0`):
/// `{"payload": "INVITE sip:...\r\n..."}`, with the payload type still SIP.
///
/// Text that is not such an object stays as it is: what it then fails to be is for the SIP parser
/// to say.
final class JsonPayload {
  private static final String KEY = "payload";

  private JsonPayload() {}

  /// The message inside, or the payload itself when it is not wrapped.
  static Bytes unwrapped(Bytes payload) {
    int first = 0;
    while (first < payload.length() && isBlank(payload.at(first))) {
      first++;
    }
    if (first == payload.length() || payload.at(first) != '{') {
      return payload;
    }
    var reader = new JsonReader(payload);
    return reader.next().orElse(null) instanceof Json.Dict wrapping && reader.atEnd()
        ? message(wrapping, payload)
        : payload;
  }

  private static Bytes message(Json.Dict wrapping, Bytes payload) {
    var message = payload;
    for (var member : wrapping.members()) {
      if (member.name().equals(KEY)) {
        if (!(member.value() instanceof Json.Text text)) {
          return payload;
        }
        message = text.bytes();
      }
    }
    return message;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
