package io.sipscope.http.dialogs;

import io.sipscope.http.json.Json;
import io.sipscope.http.query.Parameters;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.dialog.Rung;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;

/// Makes the ladder of a dialog as it was known at a moment: its messages are replayed from the
/// journal, and what they add up to is told from them and nothing later.
final class LadderReader {
  private static final Set<String> PARAMETERS = Set.of("at");

  private final DialogReader reader;
  private final Function<Rung, String> trunk;

  /// @param trunk of a message, empty when none
  LadderReader(DialogReader reader, Function<Rung, String> trunk) {
    this.reader = reader;
    this.trunk = trunk;
  }

  /// @param now nanoseconds since the epoch
  CompletionStage<HttpResponse> ladder(String callId, Uri uri, long now) {
    long at = Parameters.of(uri, PARAMETERS).time("at").orElse(Long.MAX_VALUE);
    return reader
        .row(callId, now)
        .thenCompose(
            row ->
                reader
                    .rungs(row.key(), at, 0)
                    .thenCompose(read -> drawn(row, read, at, Math.min(at, now))));
  }

  /// What the dialog came to is told by all its messages, also where not all are drawn.
  private CompletionStage<HttpResponse> drawn(
      DialogRow row, DialogReader.Read read, long at, long moment) {
    var rungs = read.rungs();
    var some = DialogReader.bounded(rungs);
    boolean truncated = rungs.size() > some.size();
    var dialog = truncated ? reader.dialogAt(row, at) : reader.dialogAt(row, at, read);
    return dialog.thenApply(then -> Json.ok(LadderJson.of(then, some, trunk, truncated, moment)));
  }
}
