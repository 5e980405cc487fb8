package io.sipscope.node.trace;

import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.persistence.trace.TracedMessage.Direction;
import io.sipscope.protocol.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;

/// A row of `sip_trace`, version 5, as OpenSIPS writes it: texts are cut to their columns, and what
/// is not there is empty rather than NULL.
///
/// @param time whole seconds, local
/// @param message bytes that are UTF-8 without NUL, which no database takes; see [#text]
record TraceRow(
    LocalDateTime time,
    String callId,
    String attributes,
    Bytes message,
    String method,
    String status,
    String fromProto,
    String fromIp,
    int fromPort,
    String toProto,
    String toIp,
    int toPort,
    String fromTag,
    String direction) {

  /// In the order of the table.
  static final String COLUMNS =
      "time_stamp, callid, trace_attrs, msg, method, status, from_proto, from_ip, from_port,"
          + " to_proto, to_ip, to_port, fromtag, direction";

  static final int COLUMN_COUNT = 14;

  private static final int LONG = 255;
  private static final int METHOD = 32;
  private static final int TAG = 64;
  private static final char NUL = '\0';
  private static final char REPLACED = '\ufffd';

  /// @param mostBytes that the column `msg` holds
  static TraceRow of(TracedMessage message, LocalTime time, int mostBytes) {
    var from = message.from();
    var to = message.to();
    return new TraceRow(
        time.of(message.capture().time()),
        cut(message.callId(), LONG),
        cut(message.attributes(), LONG),
        text(message.capture().sip(), mostBytes),
        cut(message.method(), METHOD),
        cut(message.status(), LONG),
        from.transport().text(),
        from.endpoint().address().toString(),
        from.endpoint().port(),
        to.transport().text(),
        to.endpoint().address().toString(),
        to.endpoint().port(),
        cut(message.fromTag(), TAG),
        message.direction() == Direction.IN ? "in" : "out");
  }

  /// The same with every character beyond ASCII as `?`, for a database of a small alphabet.
  TraceRow plain() {
    return new TraceRow(
        time,
        plain(callId),
        plain(attributes),
        Bytes.of(plain(message.utf8())),
        plain(method),
        plain(status),
        fromProto,
        fromIp,
        fromPort,
        toProto,
        toIp,
        toPort,
        plain(fromTag),
        direction);
  }

  private static String plain(String text) {
    return new String(text.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
  }

  /// A message as text: UTF-8, or else the characters of ISO 8859-1, byte by byte. NUL, and what
  /// it is not allowed to be, become U+FFFD.
  private static Bytes text(Bytes sip, int most) {
    if (sip.length() <= most && isPlain(sip)) {
      return sip;
    }
    return cut(Bytes.of(decoded(sip).replace(NUL, REPLACED)), most);
  }

  private static boolean isPlain(Bytes sip) {
    var array = sip.array();
    for (int at = sip.offset(), end = at + sip.length(); at < end; at++) {
      if (array[at] <= 0) {
        return false;
      }
    }
    return true;
  }

  private static String decoded(Bytes sip) {
    try {
      var bytes = ByteBuffer.wrap(sip.array(), sip.offset(), sip.length());
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException _) {
      return sip.latin1();
    }
  }

  /// Cuts UTF-8 between two characters.
  private static Bytes cut(Bytes text, int most) {
    int end = Math.min(text.length(), most);
    while (end > 0 && end < text.length() && (text.at(end) & 0xc0) == 0x80) {
      end--;
    }
    return text.slice(0, end);
  }

  /// So many characters at most, as databases count them.
  private static String cut(String text, int most) {
    var clean = text.indexOf(NUL) < 0 ? text : text.replace(NUL, REPLACED);
    return clean.codePointCount(0, clean.length()) <= most
        ? clean
        : clean.substring(0, clean.offsetByCodePoints(0, most));
  }
}
