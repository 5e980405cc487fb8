package io.sipscope.node.mi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What of an answer is the contract: status and content type, whether there is a body, the keys of
/// its JSON in their order with the types of their values, error codes and messages to the letter.
/// Values vary from run to run and count by their type.
final class Shape {
  private static final JsonFactory JSON = new JsonFactory();

  private Shape() {}

  /// Of a whole HTTP answer.
  static String ofHttp(String answer) {
    if (answer.isEmpty()) {
      return "no answer";
    }
    int end = answer.indexOf("\r\n\r\n");
    var head = List.of(answer.substring(0, end).split("\r\n"));
    var type =
        head.stream()
            .filter(line -> line.regionMatches(true, 0, "Content-Type:", 0, 13))
            .map(line -> line.substring(13).strip().toLowerCase(Locale.ROOT))
            .findFirst()
            .orElse("no type");
    boolean isEmpty = head.stream().anyMatch(line -> line.matches("(?i)Content-Length: *0"));
    boolean chunked = head.stream().anyMatch(line -> line.matches("(?i)Transfer-Encoding:.*"));
    var body = isEmpty || chunked ? "" : answer.substring(end + 4);
    return head.getFirst().replaceAll("^HTTP/1.1 (\\d+).*", "$1")
        + "\n"
        + type
        + "\n"
        + ofBody(body);
  }

  static String ofBody(String body) {
    if (body.startsWith("{")) {
      return ofJson(body).orElse("no JSON: " + body);
    }
    if (body.startsWith("<?xml")) {
      return body.replaceAll("<int>-?\\d+</int>", "<int>N</int>")
          .replaceAll("<string>[^<]*</string>", "<string>T</string>")
          .replaceAll("<value>[^<]*</value>", "<value>T</value>")
          .replaceAll("(<value><struct>(?:(?!</struct>).)*</struct></value>)\\1+", "$1");
    }
    return body;
  }

  /// A line a value: its path, and its type, or itself under `error`.
  private static Optional<String> ofJson(String json) {
    try (var parser = JSON.createParser(json)) {
      var lines = new ArrayList<String>();
      parser.nextToken();
      write(parser, "", lines);
      return Optional.of(String.join("\n", listsOnce(lines)) + separators(json));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// The items of a list are told once, however many there are.
  private static List<String> listsOnce(List<String> lines) {
    var seen = new HashSet<String>();
    return lines.stream().filter(line -> !line.contains("[]/") || seen.add(line)).toList();
  }

  /// 2.x has a blank after each colon and comma, 3.x none.
  private static String separators(String json) {
    return json.contains("\": ") ? "\nblanks between" : "\nno blanks between";
  }

  private static void write(JsonParser parser, String path, List<String> lines) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          var name = parser.currentName();
          parser.nextToken();
          write(parser, path + "/" + name, lines);
        }
        lines.add(path + " {}");
      }
      case START_ARRAY -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          write(parser, path + "[]/", lines);
        }
        lines.add(path + " []");
      }
      case VALUE_STRING -> lines.add(path + " " + text(path, parser.getText()));
      case VALUE_NUMBER_INT -> lines.add(path + " " + (exact(path) ? parser.getText() : "number"));
      default -> lines.add(path + " " + parser.currentToken());
    }
  }

  private static String text(String path, String text) {
    return exact(path) || text.equals("OK") || text.matches("(non-)?incremental") ? text : "text";
  }

  private static boolean exact(String path) {
    return path.startsWith("/error") || path.equals("/jsonrpc") || path.equals("/id");
  }
}
