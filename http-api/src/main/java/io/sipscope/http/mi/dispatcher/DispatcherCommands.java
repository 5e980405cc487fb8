package io.sipscope.http.mi.dispatcher;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiParameter;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.http.mi.MiTree;
import io.sipscope.http.script.DispatcherSets;
import io.sipscope.http.script.DispatcherSets.Destination;
import io.sipscope.http.script.DispatcherSets.State;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// The commands of OpenSIPS's module `dispatcher`, of this node: what the policy script chooses
/// from, and which of it is to be left out.
public final class DispatcherCommands {
  private static final MiOutcome UNKNOWN_PARTITION = fault(404, "ERROR Unknown partition");
  private static final MiOutcome BAD_STATE = fault(500, "Bad state value");
  private static final MiOutcome BAD_GROUP = fault(500, "bad group value");
  private static final MiOutcome NOT_FOUND = fault(404, "destination not found");
  private static final String STATE = "state";
  private static final String GROUP = "group";
  private static final String ADDRESS = "address";
  private static final String PARTITION = "partition";
  private static final String FULL = "full";

  /// Every destination weighs the same here.
  private static final int WEIGHT = 1;

  private static final int PRIORITY = 0;

  private final DispatcherSets sets;

  public DispatcherCommands(DispatcherSets sets) {
    this.sets = sets;
  }

  private record Listed(@JsonProperty("PARTITIONS") List<Partition> partitions) {}

  private record Partition(String name, @JsonProperty("SETS") List<Group> sets) {}

  private record Group(int id, @JsonProperty("Destinations") List<Object> destinations) {}

  private record Shown(
      @JsonProperty("URI") String uri,
      String state,
      @JsonProperty("first_hit_counter") long chosen) {}

  private record Whole(
      @JsonProperty("URI") String uri,
      String state,
      @JsonProperty("first_hit_counter") long chosen,
      int weight,
      int priority) {}

  public List<MiCommand> commands() {
    return List.of(list(), mark(), reload());
  }

  private MiCommand list() {
    var full = MiParameter.any(FULL);
    var partition = MiParameter.text(PARTITION);
    return MiCommand.of(
            "ds_list",
            "dispatcher:list",
            "The destinations that the policy script chooses from, on this node.",
            new MiRecipe(List.of(), _ -> listed(false).now()),
            new MiRecipe(List.of(full), _ -> listed(true).now()),
            new MiRecipe(
                List.of(partition), given -> in(given.text(PARTITION), () -> listed(false)).now()),
            new MiRecipe(
                List.of(partition, full),
                given -> in(given.text(PARTITION), () -> listed(true)).now()))
        .inTwo(
            new MiLegacy(_ -> CompletableFuture.completedStage(new MiLegacy.Reply.Tree(tree()))));
  }

  private MiCommand mark() {
    return MiCommand.of(
        "ds_set_state",
        "dispatcher:set_state",
        "Whether a destination is chosen on this node: a (active), i (inactive) or p (probing).",
        new MiRecipe(
            List.of(MiParameter.text(STATE), MiParameter.text(GROUP), MiParameter.text(ADDRESS)),
            given -> marked(given.text(STATE), given.text(GROUP), given.text(ADDRESS)).now()));
  }

  private MiCommand reload() {
    return MiCommand.of(
        "ds_reload",
        "dispatcher:reload",
        "Reads the file of destinations again, on this node.",
        new MiRecipe(List.of(), _ -> reloaded().now()),
        new MiRecipe(
            List.of(MiParameter.text(PARTITION)),
            given -> in(given.text(PARTITION), this::reloaded).now()));
  }

  private static MiOutcome fault(int code, String message) {
    return new MiOutcome.Fault(code, message);
  }

  private static MiOutcome in(String partition, Supplier<MiOutcome> outcome) {
    return partition.equals(DispatcherSets.PARTITION) ? outcome.get() : UNKNOWN_PARTITION;
  }

  private MiOutcome listed(boolean full) {
    return MiOutcome.of(
        new Listed(
            List.of(
                new Partition(
                    DispatcherSets.PARTITION,
                    sets.list().stream().map(set -> shown(set, full)).toList()))));
  }

  private static Group shown(DispatcherSets.Set set, boolean full) {
    return new Group(set.id(), set.destinations().stream().map(one -> shown(one, full)).toList());
  }

  private static Object shown(Destination one, boolean full) {
    var state = text(one.state());
    return full
        ? new Whole(one.uri(), state, one.chosen(), WEIGHT, PRIORITY)
        : new Shown(one.uri(), state, one.chosen());
  }

  private static String text(State state) {
    var lower = state.name().toLowerCase(Locale.ROOT);
    return state.name().charAt(0) + lower.substring(1);
  }

  /// By its first letter or the number that it has in OpenSIPS.
  private static Optional<State> state(String text) {
    return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
      case '0', 'i', 'I' -> Optional.of(State.INACTIVE);
      case '1', 'a', 'A' -> Optional.of(State.ACTIVE);
      case '2', 'p', 'P' -> Optional.of(State.PROBING);
      default -> Optional.empty();
    };
  }

  /// @param group a number, or `partition:number`
  private MiOutcome marked(String text, String group, String address) {
    var state = state(text);
    if (state.isEmpty()) {
      return BAD_STATE;
    }
    int colon = group.indexOf(':');
    if (colon >= 0 && !group.substring(0, colon).strip().equals(DispatcherSets.PARTITION)) {
      return UNKNOWN_PARTITION;
    }
    var number = group.substring(colon + 1).strip();
    if (!number.matches("\\d{1,9}")) {
      return BAD_GROUP;
    }
    return sets.mark(Integer.parseInt(number), address, state.get()) ? MiOutcome.ok() : NOT_FOUND;
  }

  private MiOutcome reloaded() {
    return sets.reload()
        .<MiOutcome>map(why -> new MiOutcome.Fault(500, "ERROR Reloading data", why))
        .orElseGet(MiOutcome::ok);
  }

  private MiTree tree() {
    return MiTree.array(
        "",
        List.of(
            new MiTree(
                "PARTITION",
                DispatcherSets.PARTITION,
                Map.of(),
                sets.list().stream().map(DispatcherCommands::node).toList(),
                /* isArray */ true)));
  }

  private static MiTree node(DispatcherSets.Set set) {
    return new MiTree(
        "SET",
        Integer.toString(set.id()),
        Map.of(),
        set.destinations().stream()
            .map(one -> MiTree.leaf("URI", one.uri()).with(STATE, text(one.state())))
            .toList(),
        /* isArray */ true);
  }
}
