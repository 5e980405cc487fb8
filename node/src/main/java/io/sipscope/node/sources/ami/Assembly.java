package io.sipscope.node.sources.ami;

import io.sipscope.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// A SIP message that is put together from lines of a log. Line breaks come as they were sent, or
/// as line feeds alone where the log has changed them; then they become CRLF again.
///
/// Texts are Latin-1: a character is a byte.
final class Assembly {
  /// Longer than PJSIP reads or sends anything (PJSIP_MAX_PKT_LEN is 64,000 where it was raised).
  static final int MAX_BYTES = 1 << 17;

  private static final int CRLF = 2;

  private static final Pattern START_LINE =
      Pattern.compile(
          "[A-Za-z][A-Za-z0-9.!%*_+`'~-]{0,31} \\S{1,8000} SIP/2\\.0 *|SIP/2\\.0 \\d{3}(?: .*)?");

  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("(?i)(?:content-length|l)[ \\t]*:[ \\t]*(\\d{1,9})[ \\t]*");

  private static final Pattern CONTENT_TYPE = Pattern.compile("(?i)(?:content-type|c)[ \\t]*:.*");

  private static final long NONE = -1;

  private enum Outcome {
    OPEN,
    AS_IT_CAME,
    WITH_CRLF
  }

  private final LogHeader header;
  private final String key;
  private final OptionalLong time;
  private final StringBuilder asItCame = new StringBuilder();
  private final StringBuilder withCrlf = new StringBuilder();
  private int lastBreak;
  private boolean raw;
  private boolean headersEnded;
  private int bodyStart;
  private long contentLength = NONE;
  private boolean hasContentType;
  private int lines;
  private Outcome outcome = Outcome.OPEN;

  /// @param key the name of the attribute its lines are values of; empty when of none
  Assembly(LogHeader header, String key, OptionalLong time) {
    this.header = header;
    this.key = key;
    this.time = time;
  }

  static boolean isStartLine(String text) {
    return START_LINE.matcher(text).matches();
  }

  /// The same, of which nothing came yet but its header: its lines are values of that attribute.
  Assembly under(String attribute) {
    return new Assembly(header, attribute, time);
  }

  boolean isRaw() {
    return raw;
  }

  /// From now on, its lines are those of the stream, whatever they look like.
  void goesOnRaw() {
    raw = true;
  }

  boolean isOf(String attribute) {
    return key.equals(attribute);
  }

  boolean isEmpty() {
    return lines == 0;
  }

  int lines() {
    return lines;
  }

  boolean headersEnded() {
    return headersEnded;
  }

  boolean isAnnounced() {
    return header.bytes() != LogHeader.UNKNOWN;
  }

  /// @param lineBreak bytes that ended the line in the stream: 0, 1 or 2
  void add(String text, int lineBreak) {
    lines++;
    asItCame.append(text);
    withCrlf.append(text);
    boolean ended = reached(header.bytes());
    if (lineBreak > 0) {
      asItCame.append(lineBreak == CRLF ? "\r\n" : "\n");
      withCrlf.append("\r\n");
    }
    lastBreak = lineBreak;
    learn(text, lineBreak > 0);
    if (!ended) {
      reached(header.bytes());
    }
    if (!isAnnounced() && outcome == Outcome.OPEN && isWholeByItself()) {
      outcome = Outcome.WITH_CRLF;
    }
  }

  /// Whether it is exactly so long now, the line break before or behind it included.
  private boolean reached(int bytes) {
    if (outcome != Outcome.OPEN) {
      return true;
    }
    if (asItCame.length() == bytes) {
      cut(bytes, Outcome.AS_IT_CAME);
    } else if (withCrlf.length() == bytes && headersEnded) {
      cut(bytes, Outcome.WITH_CRLF);
    }
    return outcome != Outcome.OPEN;
  }

  private void cut(int bytes, Outcome how) {
    outcome = how;
    (how == Outcome.AS_IT_CAME ? asItCame : withCrlf).setLength(bytes);
    lastBreak = 0;
  }

  private void learn(String text, boolean broken) {
    if (headersEnded || !broken) {
      return;
    }
    if (text.isEmpty() && lines > 1) {
      headersEnded = true;
      bodyStart = outcome == Outcome.OPEN ? withCrlf.length() : 0;
      return;
    }
    var length = CONTENT_LENGTH.matcher(text);
    if (length.matches() && contentLength == NONE) {
      contentLength = Long.parseLong(length.group(1));
    }
    hasContentType |= CONTENT_TYPE.matcher(text).matches();
  }

  /// It has as many bytes as were announced, or else as it says itself.
  boolean isComplete() {
    return outcome != Outcome.OPEN;
  }

  /// By its Content-Length, or as it has no body.
  boolean isWholeByItself() {
    if (!headersEnded) {
      return false;
    }
    if (contentLength == NONE) {
      return !hasContentType;
    }
    int body = withCrlf.length() - bodyStart;
    return body - (lastBreak > 0 ? CRLF : 0) == contentLength || body >= contentLength;
  }

  /// Whether it may end here, where its log does: every header was there, and nothing says more is
  /// missing.
  boolean mayEnd() {
    return isComplete() || isWholeByItself() || (headersEnded && contentLength == NONE);
  }

  /// What a log ends without the empty line still has all its headers.
  void endHeaders() {
    if (!headersEnded && lines > 1) {
      add("", CRLF);
    }
  }

  boolean isTooLong() {
    return header.bytes() > MAX_BYTES || asItCame.length() > MAX_BYTES;
  }

  String size() {
    return asItCame.length()
        + " bytes ("
        + (isAnnounced() ? header.bytes() + " were announced" : "the rest of it")
        + ")";
  }

  LoggedMessage message() {
    var text = outcome == Outcome.AS_IT_CAME ? asItCame : withCrlf;
    int end = text.length();
    if (outcome == Outcome.OPEN || !isAnnounced()) {
      end = endBySip(text);
    }
    return new LoggedMessage(
        header, time, Bytes.of(text.substring(0, end).getBytes(StandardCharsets.ISO_8859_1)));
  }

  private int endBySip(StringBuilder text) {
    return contentLength == NONE || !headersEnded
        ? text.length()
        : (int) Math.min(text.length(), bodyStart + contentLength);
  }
}
