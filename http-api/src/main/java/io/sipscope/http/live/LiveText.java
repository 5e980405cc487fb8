package io.sipscope.http.live;

import io.sipscope.http.json.Json;
import io.sipscope.http.messages.MessageJson;
import io.sipscope.protocol.dialog.Rung;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;

/// What a watcher is shown, as server-sent events (HTML standard §9.2).
final class LiveText {
  /// A comment: says that the line is alive, and nothing else.
  static final ByteString KEEP_ALIVE = ByteString.fromString(": still here\n\n");

  /// The first thing sent: opens the line, and says how soon to come back when it breaks.
  static final ByteString WELCOME = ByteString.fromString("retry: 2000\n\n");

  private LiveText() {}

  private record Missed(Long count) {}

  /// @param trunk of a message, empty when none
  static ByteString of(Live live, Function<Rung, String> trunk, boolean raw) {
    return switch (live) {
      case Live.Message message ->
          event(
              "id: " + message.position() + "\nevent: sip:traffic\n",
              MessageJson.of(message.key(), message.rung(), trunk.apply(message.rung()), raw));
      case Live.Rate rate -> event("event: sip:rate\n", rate);
      case Live.Gap(var count) ->
          event("event: sip:gap\n", new Missed(count.isPresent() ? count.getAsLong() : null));
    };
  }

  private static ByteString event(String head, Object data) {
    return ByteString.fromString(head + "data: ", StandardCharsets.UTF_8)
        .concat(ByteString.fromArrayUnsafe(Json.bytes(data)))
        .concat(ByteString.fromString("\n\n"));
  }
}
