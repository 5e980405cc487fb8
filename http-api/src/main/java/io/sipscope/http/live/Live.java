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

  /// How much of the traffic is shown to a watcher who asked for so much a second.
  ///
  /// @param matched messages of the last second that the filters let through
  /// @param shown of those
  /// @param share of the dialogs that were shown, above 0, at most 1
  record Rate(long matched, long shown, double share) implements Live {
    boolean isQuiet() {
      return matched == 0;
    }
  }

  /// Messages are missing here: so many, or an unknown number after a resume from a message that
  /// is remembered no more.
  record Gap(OptionalLong count) implements Live {}
}
