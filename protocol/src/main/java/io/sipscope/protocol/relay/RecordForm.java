package io.sipscope.protocol.relay;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.sip.Sip;
import io.sipscope.protocol.sip.SipParser;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A record with the message in one field and what is said about it in others.
final class RecordForm {
  /// Where the message is, in its bytes or in base64; the first that holds one counts.
  static final List<String> RAW =
      List.of(
          "raw",
          "rawmessage",
          "rawsip",
          "sipmessage",
          "siptext",
          "sip",
          "payload",
          "message",
          "data",
          "msg",
          "packet",
          "text",
          "content",
          "body");

  private static final List<String> BASE64 =
      List.of(
          "payloadbase64",
          "rawbase64",
          "messagebase64",
          "sipbase64",
          "database64",
          "base64",
          "payloadb64",
          "rawb64",
          "b64");

  private static final List<String> HEX = List.of("payloadhex", "rawhex", "siphex", "hex");
  private static final List<String> ENCODING = List.of("encoding", "payloadencoding");

  private RecordForm() {}

  static Relayed read(Fields fields, Surroundings around) {
    var said = Surroundings.of(fields).or(around);
    var coded = fields.bytes(BASE64);
    if (coded.isPresent()) {
      return decoded(SipText.base64(coded.get()), "base64", said);
    }
    var digits = fields.bytes(HEX);
    if (digits.isPresent()) {
      return decoded(SipText.hex(digits.get()), "hex", said);
    }
    var raw = fields.all(RAW);
    if (raw.isEmpty()) {
      return new Relayed.Malformed("no-message", "no field that a SIP message is looked for in");
    }
    var encoding = fields.text(ENCODING).orElse("").toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "base64" -> decoded(SipText.base64(raw.getFirst()), encoding, said);
      case "hex" -> decoded(SipText.hex(raw.getFirst()), encoding, said);
      default ->
          raw.stream()
              .map(SipText::find)
              .flatMap(Optional::stream)
              .findFirst()
              .map(sip -> said.around(sip, false))
              .or(
                  () ->
                      raw.stream()
                          .map(LoggedText::find)
                          .flatMap(Optional::stream)
                          .findFirst()
                          .map(logged -> logged.within(said)))
              .orElseGet(() -> notSip(raw.getFirst()));
    };
  }

  private static Relayed decoded(Optional<Bytes> bytes, String encoding, Surroundings said) {
    return bytes
        .map(sip -> said.around(sip, false))
        .orElseGet(
            () ->
                new Relayed.Malformed("encoding", "text that is no " + encoding + " (as it says)"));
  }

  /// What the parser says of it.
  static Relayed notSip(Bytes text) {
    return switch (SipParser.parse(text)) {
      case Sip.Malformed(_, var reason, var detail) -> new Relayed.Malformed(reason, detail);
      case Sip _ -> throw new IllegalArgumentException("this is a SIP message");
    };
  }
}
