package io.sipscope.persistence.dialog;

import io.sipscope.protocol.dialog.Rung;
import java.util.function.Consumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/// Reads dialogs back from the journal, without waking their entities.
public interface DialogHistory {

  /// Every message of a dialog in the order of storing, as known at a moment: those received at
  /// or before `at` (nanoseconds since the epoch; [Long#MAX_VALUE] = now). Empty when unknown.
  ///
  /// Events that are damaged are passed over; one that a newer version wrote fails the stream with
  /// [io.sipscope.persistence.wire.NewerVersion].
  Source<Rung, NotUsed> messages(String key, long at);

  /// The same.
  ///
  /// @param damaged is told of each event that is passed over, one sentence, before what follows it
  default Source<Rung, NotUsed> messages(String key, long at, Consumer<String> damaged) {
    return messages(key, at);
  }
}
