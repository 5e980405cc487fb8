package io.sipscope.persistence.dialog;

import com.typesafe.config.Config;
import io.sipscope.persistence.index.Trunks;
import java.time.Duration;

/// What a [Dialog] can be told.
///
/// @param trunks the configured trunks, to name the one of a dialog
/// @param minBackoff how long a dialog waits at first after the journal failed it
/// @param maxBackoff how long it waits at most
public record DialogSettings(Trunks trunks, Duration minBackoff, Duration maxBackoff) {

  /// Reads `sipscope.dialog` and `sipscope.trunks` of the whole configuration.
  public static DialogSettings from(Config config) {
    return new DialogSettings(
        Trunks.from(config),
        config.getDuration("sipscope.dialog.restart-backoff.min"),
        config.getDuration("sipscope.dialog.restart-backoff.max"));
  }
}
