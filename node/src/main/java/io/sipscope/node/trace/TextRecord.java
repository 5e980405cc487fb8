package io.sipscope.node.trace;

import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.persistence.trace.TracedMessage.Direction;
import io.sipscope.persistence.trace.TracedMessage.Side;
import io.sipscope.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// A traced message as text, in a file and for syslog, which has a date of its own:
///
/// ```text
/// in udp 2026-11-21 13:47:02 192.0.2.1:5060 -> 198.51.100.7:5060
/// INVITE sip:bob@example.com SIP/2.0
/// ...
/// ```
///
/// An IPv6 address has no brackets, as in the columns of `sip_trace`. Of one thread.
final class TextRecord {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final int HEAD = 128;

  private final LocalTime time = new LocalTime(ZoneId.systemDefault());

  /// With its date, and an empty line at its end.
  byte[] inFile(TracedMessage message) {
    return record(message, DATE.format(time.of(message.capture().time())) + ' ', "\n\n");
  }

  byte[] inSyslog(TracedMessage message) {
    return record(message, "", "");
  }

  private static byte[] record(TracedMessage message, String date, String end) {
    var sip = message.capture().sip();
    var head =
        (message.direction() == Direction.IN ? "in " : "out ")
            + message.from().transport().text()
            + ' '
            + date
            + shown(message.from())
            + " -> "
            + shown(message.to())
            + '\n';
    var out = new ByteArrayOutputStream(sip.length() + HEAD);
    out.writeBytes(Bytes.of(head).toArray());
    out.write(sip.array(), sip.offset(), sip.length());
    out.writeBytes(end.getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static String shown(Side side) {
    return side.endpoint().address() + ":" + side.endpoint().port();
  }
}
