package io.sipscope.protocol.relay;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// A SIP message that was written into a text: as it is, in base64, or in hexadecimal.
final class SipText {
  private SipText() {}

  static boolean isSip(Bytes bytes) {
    return SipParser.parse(bytes) instanceof SipMessage;
  }

  /// The message, in whichever of the three it is; empty when it is none.
  static Optional<Bytes> find(Bytes text) {
    return isSip(text)
        ? Optional.of(text)
        : base64(text).filter(SipText::isSip).or(() -> hex(text).filter(SipText::isSip));
  }

  /// Either alphabet (RFC 4648 §4 and §5), with or without padding and line breaks.
  static Optional<Bytes> base64(Bytes text) {
    var plain = text.latin1().replaceAll("\\s+", "").replace('-', '+').replace('_', '/');
    int end = plain.length();
    while (end > 0 && plain.charAt(end - 1) == '=') {
      end--;
    }
    try {
      return end == 0
          ? Optional.empty()
          : Optional.of(Bytes.of(Base64.getDecoder().decode(plain.substring(0, end))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// `494e56...` or `49:4e:56:...`, as tshark writes bytes.
  static Optional<Bytes> hex(Bytes text) {
    var digits = text.latin1();
    try {
      var format =
          digits.length() > 2 && digits.charAt(2) == ':'
              ? HexFormat.ofDelimiter(":")
              : HexFormat.of();
      return digits.isEmpty() ? Optional.empty() : Optional.of(Bytes.of(format.parseHex(digits)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
