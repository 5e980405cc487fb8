package io.sipscope.http.reindex;

import io.sipscope.http.json.Rfc3339;
import io.sipscope.persistence.reindex.Progress;
import io.sipscope.protocol.capture.Nanos;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// How far building the index has come, in the API's JSON; `null` where there is nothing to say.
record ProgressJson(
    String state,
    long dialogs,
    Long of,
    long rewritten,
    long removed,
    long damaged,
    String startedAt,
    String endedAt,
    String reason) {

  static ProgressJson of(Progress progress) {
    return new ProgressJson(
        progress.state().name().toLowerCase(Locale.ROOT),
        progress.dialogs(),
        progress.of().isPresent() ? progress.of().getAsLong() : null,
        progress.rewritten(),
        progress.removed(),
        progress.damaged(),
        text(progress.startedAt()),
        text(progress.endedAt()),
        progress.reason().isEmpty() ? null : progress.reason());
  }

  private static String text(Optional<Instant> time) {
    return time.map(Nanos::of).map(Rfc3339::text).orElse(null);
  }
}
