package io.sipscope.node.mi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.sipscope.http.mi.legacy.TextRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Takes apart what is read from the FIFO, in whatever pieces it comes: `:REPLY:JSON` of OpenSIPS
/// 3.x, and the text of 2.x (see [TextRequest]). What cannot be a request is passed over up to
/// where the next one may begin.
final class FifoRequests {
  /// The largest request that is waited for; a command is some hundred bytes.
  static final int MAX_REQUEST = 65_536;

  /// What came in part and is older was given up by whoever wrote it.
  static final long PATIENCE_NANOS = 5_000_000_000L;

  /// Of a reply FIFO or a command: what a path may have, and more than any has.
  private static final int MAX_NAME = 255;

  private static final Pattern NEXT_HEAD = Pattern.compile(":[^:\\s./\\\\{}\"]{0,255}:\\s*\\{");

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();

  sealed interface Request {
    /// @param reply the name of the reply FIFO; empty = no answer is wanted
    /// @param json bytes as ISO 8859-1, a character each
    record Json(String reply, String json) implements Request {
      byte[] bytes() {
        return json.getBytes(StandardCharsets.ISO_8859_1);
      }
    }

    record Text(TextRequest request) implements Request {}
  }

  /// What the front of the buffer is.
  private sealed interface Front {
    /// @param end where the next begins
    record Whole(Request request, int end) implements Front {}

    record Junk(int end) implements Front {}

    record Unfinished() implements Front {}
  }

  private static final Front UNFINISHED = new Front.Unfinished();

  private String held = "";
  private long heldSince;

  /// @param bytes as ISO 8859-1: what is structure is ASCII, and the rest keeps its places
  /// @param now in nanoseconds of a clock that never goes back
  List<Request> add(String bytes, long now) {
    var text = now - heldSince > PATIENCE_NANOS ? bytes : held + bytes;
    var requests = new ArrayList<Request>();
    int from = skipBlanks(text, 0);
    boolean finished = true;
    while (from < text.length() && finished) {
      switch (front(text.substring(from))) {
        case Front.Whole(var request, int end) -> {
          requests.add(request);
          from = skipBlanks(text, from + end);
        }
        case Front.Junk(int end) -> from = skipBlanks(text, from + end);
        case Front.Unfinished _ -> finished = false;
      }
    }
    held = text.length() - from > MAX_REQUEST ? "" : text.substring(from);
    heldSince = now;
    return requests;
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }

  private static Front front(String text) {
    int line = text.indexOf('\n');
    int colon = text.indexOf(':', 1);
    if (text.charAt(0) != ':' || (colon < 0 ? text.length() : colon) > MAX_NAME) {
      return junkUpToLineEnd(text, line);
    }
    if (line >= 0 && (colon < 0 || colon > line)) {
      return new Front.Junk(line + 1);
    }
    if (colon < 0) {
      return UNFINISHED;
    }
    int start = skipBlanks(text, colon + 1);
    if (start < text.length() && (text.charAt(start) == '{' || text.charAt(start) == '[')) {
      return json(text, text.substring(1, colon), start);
    }
    return line < 0 ? UNFINISHED : text(text, line);
  }

  private static Front junkUpToLineEnd(String text, int line) {
    return new Front.Junk(line < 0 ? text.length() : line + 1);
  }

  private static Front text(String text, int headEnd) {
    int end = text.startsWith("\n", headEnd + 1) ? headEnd + 1 : text.indexOf("\n\n", headEnd + 1);
    if (end < 0) {
      return UNFINISHED;
    }
    var whole =
        new String(
            text.substring(0, end).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    Optional<Front> front =
        TextRequest.read(whole)
            .filter(request -> isName(request.reply()))
            .map(request -> new Front.Whole(new Request.Text(request), skipBlanks(text, end)));
    return front.orElseGet(() -> new Front.Junk(skipBlanks(text, end)));
  }

  private static Front json(String text, String reply, int start) {
    try (var parser = JSON.createParser(text.substring(start))) {
      int end = start + end(parser);
      return isName(reply)
          ? new Front.Whole(new Request.Json(reply, text.substring(start, end)), end)
          : new Front.Junk(end);
    } catch (JsonProcessingException e) {
      if (isCutShort(e, text.length() - start)) {
        return UNFINISHED;
      }
      var next = NEXT_HEAD.matcher(text);
      return new Front.Junk(next.find(1) ? next.start() : text.length());
    } catch (IOException e) {
      throw new AssertionError("a text does not fail to be read", e);
    }
  }

  private static boolean isCutShort(JsonProcessingException failure, int length) {
    return failure instanceof JsonEOFException
        || (failure.getLocation() != null && failure.getLocation().getCharOffset() >= length);
  }

  /// Where its first value ends.
  private static int end(JsonParser parser) throws IOException {
    parser.nextToken();
    parser.skipChildren();
    if (parser.currentToken() == null || !isEnd(parser.currentToken())) {
      throw new JsonParseException(parser, "no object and no array");
    }
    return (int) parser.currentLocation().getCharOffset();
  }

  private static boolean isEnd(JsonToken token) {
    return token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY;
  }

  /// A reply FIFO lies in the reply directory and nowhere else.
  private static boolean isName(String reply) {
    return reply.length() <= MAX_NAME
        && reply.chars().noneMatch(c -> c == '.' || c == '/' || c == '\\' || c == 0);
  }
}
