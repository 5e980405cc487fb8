package io.sipscope.http.mi.statistics;

import io.sipscope.http.Actors;
import io.sipscope.http.Asking;
import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiParameter;
import io.sipscope.http.mi.MiRecipe;
import java.util.List;

/// The commands of OpenSIPS's module `statistics`.
public final class StatisticsCommands {
  private static final MiOutcome NOT_FOUND = new MiOutcome.Fault(404, "Statistics Not Found");

  private final Actors actors;
  private final Asking asking;

  public StatisticsCommands(Actors actors, Asking asking) {
    this.actors = actors;
    this.asking = asking;
  }

  public List<MiCommand> commands() {
    return List.of(
        MiCommand.of(
            "get_statistics",
            "statistics:get",
            "Values of statistics: all, group: or name each.",
            new MiRecipe(
                List.of(MiParameter.array("statistics")),
                given ->
                    asking
                        .within(actors.statistics().get())
                        .thenApply(
                            values -> StatisticsReply.pick(values, given.texts("statistics")))
                        .thenApply(
                            picked -> picked.isEmpty() ? NOT_FOUND : MiOutcome.of(picked)))));
  }
}
