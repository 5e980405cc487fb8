package io.sipscope.http.live;

import java.util.Optional;

/// Where a watcher left off: the last message it saw, by its place in its dialog, which is the
/// same on every node. Written `7/a84b4c76e66710@pc33.example.com`.
///
/// @param seq as in [io.sipscope.protocol.dialog.Rung]
public record Position(String key, long seq) {

  public static Optional<Position> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 1 || slash > 18 || !text.chars().limit(slash).allMatch(Position::isDigit)) {
      return Optional.empty();
    }
    var seq = Long.parseLong(text, 0, slash, 10);
    return Optional.of(new Position(text.substring(slash + 1), seq));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public String toString() {
    return seq + "/" + key;
  }
}
