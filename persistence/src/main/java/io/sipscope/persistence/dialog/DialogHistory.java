package io.sipscope.persistence.dialog;

import io.sipscope.protocol.dialog.Rung;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/// Reads dialogs back from the journal, without waking their entities.
public interface DialogHistory {

  /// Every message of a dialog in the order of storing, as known at a moment: those received at
  /// or before `at` (nanoseconds since the epoch; [Long#MAX_VALUE] = now). Empty when unknown.
  Source<Rung, NotUsed> messages(String key, long at);
}
