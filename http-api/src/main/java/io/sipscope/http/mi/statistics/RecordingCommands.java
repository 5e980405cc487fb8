package io.sipscope.http.mi.statistics;

import io.sipscope.http.Asking;
import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiParameter;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.http.statistics.RecordedNames;
import io.sipscope.persistence.recording.Recording;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// `record_statistics`, which OpenSIPS does not have: what its control panel keeps for itself, all
/// nodes keep here.
public final class RecordingCommands {
  private static final String STATISTICS = "statistics";

  private final RecordedNames recorded;
  private final Asking asking;

  public RecordingCommands(Recording recording, Asking asking) {
    this.recorded = new RecordedNames(recording);
    this.asking = asking;
  }

  public List<MiCommand> commands() {
    return List.of(
        MiCommand.of(
            "record_statistics",
            "statistics:record",
            "Which statistics are recorded; all, group: or name each, these from now on.",
            new MiRecipe(List.of(), _ -> asking.within(recorded.read()).thenApply(this::told)),
            new MiRecipe(
                List.of(MiParameter.array(STATISTICS)), given -> choose(given.texts(STATISTICS)))));
  }

  private CompletionStage<MiOutcome> choose(List<String> names) {
    var refusal = RecordedNames.refusal(names);
    return refusal.isPresent()
        ? new MiOutcome.Fault(400, "Bad parameter value", refusal.get()).now()
        : asking.within(recorded.choose(names)).thenApply(this::told);
  }

  private MiOutcome told(List<String> names) {
    return MiOutcome.of(Map.of("Recorded", names));
  }
}
