package io.sipscope.http.mi.legacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A request of OpenSIPS 2.x as mi_fifo and mi_datagram take it:
///
/// ```text
/// :COMMAND:REPLY FILE
/// a parameter a line, perhaps name::value, perhaps "quoted, \" and over several lines"
/// (an empty line ends it, or the end of the datagram)
/// ```
///
/// @param reply where the answer goes; empty = nowhere, or back to the sender of a datagram
/// @param params empty when they cannot be read
public record TextRequest(String command, String reply, Optional<List<String>> params) {

  /// Whether it is for 2.x at all; then the whole text up to the empty line belongs to it.
  public static Optional<TextRequest> read(String text) {
    int end = text.indexOf('\n');
    var head = end < 0 ? text : text.substring(0, end);
    int colon = head.indexOf(':', 1);
    if (!head.startsWith(":") || colon < 0) {
      return Optional.empty();
    }
    var lines = end < 0 ? "" : text.substring(end + 1);
    return Optional.of(
        new TextRequest(
            head.substring(1, colon), head.substring(colon + 1).strip(), params(lines)));
  }

  private static Optional<List<String>> params(String text) {
    var params = new ArrayList<String>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      int to = end < 0 ? text.length() : end;
      if (to == from) {
        break;
      }
      var line = text.substring(from, to).strip();
      var value = value(line);
      if (value.startsWith("\"")) {
        int start = text.indexOf('"', from) + 1;
        int close = closingQuote(text, start);
        if (close < 0 || !restOfLine(text, close + 1).isBlank()) {
          return Optional.empty();
        }
        params.add(text.substring(start, close).replace("\\\"", "\""));
        end = text.indexOf('\n', close);
      } else if (value.indexOf('"') >= 0) {
        return Optional.empty();
      } else if (!line.isEmpty()) {
        params.add(value);
      }
      from = end < 0 ? text.length() : end + 1;
    }
    return Optional.of(List.copyOf(params));
  }

  /// Commands go by place and not by name.
  private static String value(String line) {
    int separator = line.startsWith("\"") ? -1 : line.indexOf("::");
    return separator < 0 ? line : line.substring(separator + 2).strip();
  }

  private static int closingQuote(String text, int from) {
    int quote = text.indexOf('"', from);
    while (quote > from && text.charAt(quote - 1) == '\\') {
      quote = text.indexOf('"', quote + 1);
    }
    return quote;
  }

  private static String restOfLine(String text, int from) {
    int end = text.indexOf('\n', from);
    return text.substring(from, end < 0 ? text.length() : end);
  }
}
