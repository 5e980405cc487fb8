package io.sipscope.http.live;

import io.sipscope.protocol.dialog.Rung;
import java.util.OptionalLong;

/// What a watcher is shown.
public sealed interface Live {

  /// @param key the key of the dialog it belongs to
  record Message(String key, Rung rung) implements Live {
    Position position() {
      return new Position(key, rung.seq());
    }
  }

  /// Messages are missing here: so many, or an unknown number after a resume from a message that
  /// is remembered no more.
  record Gap(OptionalLong count) implements Live {}
}
