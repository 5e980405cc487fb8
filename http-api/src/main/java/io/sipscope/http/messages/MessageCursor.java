package io.sipscope.http.messages;

import io.sipscope.http.live.Live;
import io.sipscope.http.query.PageCursor;
import java.util.Optional;

/// Where a page of messages ended: after the message that is here in the order of [Newest].
public record MessageCursor(long time, String key, long seq) {

  static MessageCursor of(Live.Message message) {
    return new MessageCursor(message.rung().capture().time(), message.key(), message.rung().seq());
  }

  /// Before all messages of a time, and after all later ones.
  static MessageCursor before(long time) {
    return new MessageCursor(time, "", Long.MAX_VALUE);
  }

  boolean isBefore(Live.Message message) {
    long other = message.rung().capture().time();
    if (other != time) {
      return other < time;
    }
    int byKey = key.compareTo(message.key());
    return byKey != 0 ? byKey < 0 : message.rung().seq() < seq;
  }

  public String text() {
    return PageCursor.encode(time + "\n" + seq + "\n" + key);
  }

  public static Optional<MessageCursor> parse(String text) {
    return PageCursor.decode(text).map(plain -> plain.split("\n", 3)).flatMap(MessageCursor::of);
  }

  private static Optional<MessageCursor> of(String[] parts) {
    try {
      return parts.length < 3
          ? Optional.empty()
          : Optional.of(
              new MessageCursor(Long.parseLong(parts[0]), parts[2], Long.parseLong(parts[1])));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
