package io.sipscope.http.legs;

import io.sipscope.http.Asking;
import io.sipscope.http.dialogs.DialogReader;
import io.sipscope.http.dialogs.StoredDialogs;
import io.sipscope.http.json.Json;
import io.sipscope.http.query.Parameters;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;

/// Answers which dialogs are legs of one call.
public final class LegReader {
  private final ActorSystem<?> system;
  private final StoredDialogs stored;
  private final Asking asking;
  private final DialogReader reader;

  public LegReader(
      ActorSystem<?> system, StoredDialogs stored, Asking asking, DialogReader reader) {
    this.system = system;
    this.stored = stored;
    this.asking = asking;
    this.reader = reader;
  }

  /// @param now nanoseconds since the epoch
  public CompletionStage<HttpResponse> legs(String callId, Uri uri, long now) {
    var unused = Parameters.of(uri, Set.of());
    return reader
        .row(callId, now)
        .thenCompose(row -> asking.within(LegWalk.from(row, system, stored, now)))
        .thenApply(call -> Json.ok(LegsJson.of(call, now)));
  }
}
