package io.sipscope.http.events;

import io.sipscope.http.json.Json;
import io.sipscope.persistence.events.EventSeat.Gap;
import io.sipscope.persistence.events.EventSeat.Noted;
import io.sipscope.persistence.events.EventSeat.Shown;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;

/// What a watcher is shown, as server-sent events (HTML standard §9.2).
final class EventText {
  private EventText() {}

  private record Missed(Long count) {}

  static ByteString of(Shown shown) {
    return switch (shown) {
      case Noted noted -> text("id: " + noted.id() + "\nevent: event\n", EventJson.of(noted));
      case Gap(var count) ->
          text("event: gap\n", new Missed(count.isPresent() ? count.getAsLong() : null));
    };
  }

  private static ByteString text(String head, Object data) {
    return ByteString.fromString(head + "data: ", StandardCharsets.UTF_8)
        .concat(ByteString.fromArrayUnsafe(Json.bytes(data)))
        .concat(ByteString.fromString("\n\n"));
  }
}
