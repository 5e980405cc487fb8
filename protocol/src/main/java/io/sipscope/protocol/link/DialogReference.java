package io.sipscope.protocol.link;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// Reads what names a dialog by its Call-ID and tags: `98732@sip.example.com;from-tag=r33th4x0r
/// ;to-tag=ff87ff` in Replaces (RFC 3891 §6.1), Join (RFC 3911) and, as `local-tag` and
/// `remote-tag`, Target-Dialog (RFC 4538 §7).
final class DialogReference {
  private DialogReference() {}

  /// @param header in lower case
  static Optional<Link.Reference> of(String header, String value) {
    var parts = value.split(";", -1);
    var callId = parts[0].strip();
    var toTag = "";
    var fromTag = "";
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0) {
        var text = parts[i].substring(equals + 1).strip();
        switch (parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
          case "to-tag", "remote-tag" -> toTag = text;
          case "from-tag", "local-tag" -> fromTag = text;
          default -> {}
        }
      }
    }
    return callId.isEmpty()
        ? Optional.empty()
        : Optional.of(new Link.Reference(header, callId, toTag, fromTag));
  }

  /// What a URI says to put into Replaces: `sip:carol@example.com?Replaces=98732%40sip...`.
  static Optional<Link.Reference> inUri(String uri) {
    int query = uri.indexOf('?');
    if (query < 0) {
      return Optional.empty();
    }
    for (var field : uri.substring(query + 1).split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0 && field.substring(0, equals).equalsIgnoreCase(LinkRules.REPLACES)) {
        return of(LinkRules.REFER_TO, unescaped(field.substring(equals + 1)));
      }
    }
    return Optional.empty();
  }

  /// Percent signs that escape nothing stay.
  private static String unescaped(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var plain = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        plain.write(high << 4 | low);
        i += 2;
      } else {
        plain.write(bytes[i]);
      }
    }
    return plain.toString(StandardCharsets.UTF_8);
  }
}
