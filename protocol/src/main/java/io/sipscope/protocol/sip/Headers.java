package io.sipscope.protocol.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Header values as text, read when asked for.
final class Headers {
  /// The most header lines, and values of one header, that a list holds; a real message has
  /// dozens. The parser itself reads them all.
  static final int MAX_LISTED = 4096;

  private final byte[] array;
  private final int start;
  private final int end;

  Headers(byte[] array, int start, int end) {
    this.array = array;
    this.start = start;
    this.end = end;
  }

  Optional<String> first(String name) {
    var wanted = HeaderName.of(name);
    var line = new HeaderLines(array, start, end);
    while (line.next()) {
      if (wanted.matches(array, line.nameStart(), line.nameEnd())) {
        return Optional.of(
            unfolded(array, wanted.isList() ? firstOfList(line.value()) : line.value()));
      }
    }
    return Optional.empty();
  }

  List<String> all(String name) {
    var wanted = HeaderName.of(name);
    var values = new ArrayList<String>();
    var line = new HeaderLines(array, start, end);
    while (values.size() < MAX_LISTED && line.next()) {
      if (wanted.matches(array, line.nameStart(), line.nameEnd())) {
        if (wanted.isList()) {
          addList(line.value(), values);
        } else {
          values.add(unfolded(array, line.value()));
        }
      }
    }
    return List.copyOf(values);
  }

  /// The lines of some headers in order, each with the name as it was asked for.
  List<SipMessage.Header> of(HeaderNames names) {
    List<SipMessage.Header> found = List.of();
    var line = new HeaderLines(array, start, end);
    while (found.size() < MAX_LISTED && line.next()) {
      var name = names.asked(array, line.nameStart(), line.nameEnd());
      if (!name.isEmpty()) {
        found = found.isEmpty() ? new ArrayList<>(2) : found;
        found.add(new SipMessage.Header(name, unfolded(array, line.value())));
      }
    }
    return List.copyOf(found);
  }

  List<SipMessage.Header> lines() {
    var lines = new ArrayList<SipMessage.Header>();
    var line = new HeaderLines(array, start, end);
    while (lines.size() < MAX_LISTED && line.next()) {
      var name = Span.text(array, Span.of(line.nameStart(), line.nameEnd()));
      lines.add(new SipMessage.Header(name, unfolded(array, line.value())));
    }
    return List.copyOf(lines);
  }

  private long firstOfList(long value) {
    return Span.trimmed(
        array, Span.start(value), Params.firstValueEnd(array, Span.start(value), Span.end(value)));
  }

  private void addList(long value, List<String> values) {
    int at = Span.start(value);
    while (at < Span.end(value) && values.size() < MAX_LISTED) {
      int comma = Params.firstValueEnd(array, at, Span.end(value));
      long one = Span.trimmed(array, at, comma);
      if (!Span.isEmpty(one)) {
        values.add(unfolded(array, one));
      }
      at = comma + 1;
    }
  }

  /// The text of a value, each fold one space (RFC 3261 §7.3.1).
  static String unfolded(byte[] array, long value) {
    int end = Span.end(value);
    int fold = Line.end(array, Span.start(value), end);
    if (fold == end) {
      return Span.text(array, value);
    }
    var joined = new byte[Span.length(value)];
    int length = 0;
    int at = Span.start(value);
    while (at < end) {
      int part = fold;
      while (part > at && Span.isBlank(array[part - 1])) {
        part--;
      }
      System.arraycopy(array, at, joined, length, part - at);
      length += part - at;
      at = Span.skipBlanks(array, fold, end);
      if (at < end) {
        joined[length++] = ' ';
      }
      fold = Line.end(array, at, end);
    }
    return new String(joined, 0, length, StandardCharsets.UTF_8);
  }
}
