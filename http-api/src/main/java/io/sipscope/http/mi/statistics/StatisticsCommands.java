package io.sipscope.http.mi.statistics;

import io.sipscope.http.Asking;
import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiParameter;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.http.mi.MiTree;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Reading;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.persistence.statistics.Values;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/// The commands of OpenSIPS's module `statistics`. What is unknown is passed over, unless nothing
/// is left then.
public final class StatisticsCommands {
  private static final String STATISTICS = "statistics";
  private static final MiOutcome.Fault NOT_FOUND = new MiOutcome.Fault(404, "Statistics Not Found");
  private static final MiLegacy.Reply TOO_FEW =
      new MiLegacy.Reply.Fault(400, "Too few or too many arguments");

  private final ClusterStatistics statistics;
  private final Asking asking;

  public StatisticsCommands(ClusterStatistics statistics, Asking asking) {
    this.statistics = statistics;
    this.asking = asking;
  }

  public List<MiCommand> commands() {
    return List.of(
        MiCommand.of(
                "get_statistics",
                "statistics:get",
                "Values of statistics: all, group: or name each.",
                named(wanted -> get(wanted).now()))
            .inTwo(atLeastOne(wanted -> now(tree(get(wanted))))),
        MiCommand.of(
                "list_statistics",
                "statistics:list",
                "Whether statistics are incremental: of all, or of all, group: or name each.",
                new MiRecipe(List.of(), _ -> list(List.of("all")).now()),
                named(wanted -> list(wanted).now()))
            .inTwo(
                new MiLegacy(
                    wanted -> now(tree(list(wanted.isEmpty() ? List.of("all") : wanted))))),
        MiCommand.of(
                "reset_statistics",
                "statistics:reset",
                "Lets counters begin at 0 again, on all nodes: name each.",
                named(this::reset))
            .inTwo(atLeastOne(wanted -> reset(wanted).thenApply(StatisticsCommands::tree))),
        MiCommand.of(
            "reset_all_statistics",
            "statistics:reset_all",
            "Lets all counters begin at 0 again, on all nodes.",
            new MiRecipe(
                List.of(), _ -> reset(statistics.read().readings().stream().map(Reading::name)))));
  }

  private interface Wanted<T> {
    CompletionStage<T> of(List<String> names);
  }

  private static MiRecipe named(Wanted<MiOutcome> run) {
    return new MiRecipe(
        List.of(MiParameter.array(STATISTICS)), given -> run.of(given.texts(STATISTICS)));
  }

  private static MiLegacy atLeastOne(Wanted<MiLegacy.Reply> run) {
    return new MiLegacy(wanted -> wanted.isEmpty() ? now(TOO_FEW) : run.of(wanted));
  }

  private MiOutcome get(List<String> wanted) {
    var values = statistics.read();
    var found = new Pairs();
    wanted.stream()
        .flatMap(values::picked)
        .forEach(reading -> found.add(reading.name().toString(), reading.value()));
    return found(found);
  }

  /// A bare name is answered without its group, as OpenSIPS does.
  private MiOutcome list(List<String> wanted) {
    var values = statistics.read();
    var found = new Pairs();
    for (var want : wanted) {
      boolean bare = !want.equals("all") && !want.endsWith(":");
      values
          .picked(want)
          .forEach(
              reading ->
                  found.add(
                      bare ? reading.name().name() : reading.name().toString(),
                      reading.description().kind().flavour()));
    }
    return found(found);
  }

  private static MiOutcome found(Pairs pairs) {
    return pairs.isEmpty() ? NOT_FOUND : new MiOutcome.Value(pairs);
  }

  private CompletionStage<MiOutcome> reset(List<String> wanted) {
    Values values = statistics.read();
    var names =
        wanted.stream().flatMap(name -> values.named(name).stream()).map(Reading::name).toList();
    return names.isEmpty() ? NOT_FOUND.now() : reset(names.stream());
  }

  private CompletionStage<MiOutcome> reset(Stream<StatisticName> names) {
    return asking.within(statistics.reset(names.toList())).thenApply(_ -> MiOutcome.ok());
  }

  private static MiLegacy.Reply tree(MiOutcome outcome) {
    return switch (outcome) {
      case MiOutcome.Fault fault -> new MiLegacy.Reply.Fault(fault.code(), fault.message());
      case MiOutcome.Value(Pairs pairs) ->
          new MiLegacy.Reply.Tree(MiTree.root(pairs.texts(MiTree::leaf)));
      case MiOutcome.Value _ -> new MiLegacy.Reply.Tree(MiTree.NOTHING);
    };
  }

  private static <T> CompletionStage<T> now(T value) {
    return CompletableFuture.completedStage(value);
  }
}
