package io.sipscope.http.mi.dialogs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sipscope.http.Asking;
import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiParameter;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.http.mi.MiTree;
import io.sipscope.persistence.index.DialogRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The profiles of OpenSIPS's module `dialog`. There is one: `trunk`, whose values are the names of
/// the configured trunks.
final class ProfileCommands {
  static final MiLegacy.Reply BAD_COUNT =
      new MiLegacy.Reply.Fault(400, "Too few or too many arguments");
  private static final MiParameter PROFILE = MiParameter.text("profile");
  private static final MiParameter VALUE = MiParameter.text("value");
  private static final MiOutcome NOT_FOUND = new MiOutcome.Fault(404, "Profile not found");
  private static final String NO = "no";

  private final CallList calls;
  private final Asking asking;

  ProfileCommands(CallList calls, Asking asking) {
    this.calls = calls;
    this.asking = asking;
  }

  private record Profile(String name, String value, long count, String shared, String replicated) {}

  private record Listed(String name, @JsonProperty("has value") boolean hasValue) {}

  private record Value(String value, long count) {}

  List<MiCommand> commands() {
    return List.of(size(), dialogs(), values(), all());
  }

  private MiCommand size() {
    return MiCommand.of(
            "profile_get_size",
            "dialog:profile_get_size",
            "How many calls are in a profile, or have one value in it.",
            new MiRecipe(List.of(PROFILE), given -> size(given.text("profile"), Optional.empty())),
            new MiRecipe(
                List.of(PROFILE, VALUE),
                given -> size(given.text("profile"), Optional.of(given.text("value")))))
        .inTwo(new MiLegacy(this::sizeInTwo));
  }

  private CompletionStage<MiOutcome> size(String profile, Optional<String> value) {
    return in(
        profile,
        value,
        rows -> CompletableFuture.completedStage(profile(value, rows)),
        found -> MiOutcome.of(Map.of("Profile", found)),
        NOT_FOUND);
  }

  private static Profile profile(Optional<String> value, List<DialogRow> rows) {
    return new Profile(CallJson.TRUNK, value.orElse(null), rows.size(), NO, NO);
  }

  private CompletionStage<MiLegacy.Reply> sizeInTwo(List<String> texts) {
    var value = texts.stream().skip(1).findFirst();
    return inTwo(
        texts,
        value,
        rows -> CompletableFuture.completedStage(profile(value, rows)),
        found ->
            MiTree.root(
                List.of(
                    MiTree.leaf("profile", "")
                        .with("name", found.name())
                        .with("value", value.orElse(""))
                        .with("count", Long.toString(found.count()))
                        .with("shared", found.shared())
                        .with("replicated", found.replicated()))));
  }

  private MiCommand dialogs() {
    return MiCommand.of(
            "profile_list_dlgs",
            "dialog:profile_list_dlgs",
            "The calls of a profile, or with one value in it.",
            new MiRecipe(
                List.of(PROFILE), given -> dialogs(given.text("profile"), Optional.empty())),
            new MiRecipe(
                List.of(PROFILE, VALUE),
                given -> dialogs(given.text("profile"), Optional.of(given.text("value")))))
        .inTwo(
            new MiLegacy(
                texts ->
                    inTwo(
                        texts,
                        texts.stream().skip(1).findFirst(),
                        this::read,
                        read -> CallTree.of(-1, read, false))));
  }

  private CompletionStage<MiOutcome> dialogs(String profile, Optional<String> value) {
    return in(
        profile,
        value,
        this::read,
        read ->
            MiOutcome.of(
                Map.of("Dialogs", read.stream().map(call -> CallJson.of(call, false)).toList())),
        NOT_FOUND);
  }

  private CompletionStage<List<ObservedCall>> read(List<DialogRow> rows) {
    return calls.read(rows.stream().limit(CallList.MOST_TOLD).toList());
  }

  private MiCommand values() {
    return MiCommand.of(
            "profile_get_values",
            "dialog:profile_get_values",
            "The values in a profile, and how many calls have each.",
            new MiRecipe(
                List.of(PROFILE),
                given ->
                    in(
                        given.text("profile"),
                        Optional.empty(),
                        ProfileCommands::values,
                        MiOutcome::of,
                        NOT_FOUND)))
        .inTwo(
            new MiLegacy(
                texts ->
                    inTwo(
                        texts,
                        Optional.empty(),
                        ProfileCommands::values,
                        values ->
                            MiTree.array(
                                "",
                                values.stream()
                                    .map(
                                        one ->
                                            MiTree.leaf("value", one.value())
                                                .with("count", Long.toString(one.count())))
                                    .toList()))));
  }

  private static CompletionStage<List<Value>> values(List<DialogRow> rows) {
    var counted =
        rows.stream()
            .collect(Collectors.groupingBy(DialogRow::trunk, TreeMap::new, Collectors.counting()));
    return CompletableFuture.completedStage(
        counted.entrySet().stream()
            .map(entry -> new Value(entry.getKey(), entry.getValue()))
            .toList());
  }

  private MiCommand all() {
    return MiCommand.of(
            "list_all_profiles",
            "dialog:list_all_profiles",
            "The profiles there are.",
            new MiRecipe(
                List.of(),
                _ ->
                    MiOutcome.of(Map.of("Profiles", List.of(new Listed(CallJson.TRUNK, true))))
                        .now()))
        .inTwo(
            new MiLegacy(
                _ ->
                    CompletableFuture.completedStage(
                        new MiLegacy.Reply.Tree(
                            MiTree.root(List.of(MiTree.leaf(CallJson.TRUNK, "1")))))));
  }

  /// What is told of the calls in a profile.
  ///
  /// @param value that they must have; empty = any
  /// @param missing told where there is no such profile
  private <F, T> CompletionStage<T> in(
      String profile,
      Optional<String> value,
      Function<List<DialogRow>, CompletionStage<F>> found,
      Function<F, T> told,
      T missing) {
    if (!profile.equals(CallJson.TRUNK)) {
      return CompletableFuture.completedStage(missing);
    }
    return asking
        .within(
            calls
                .active()
                .thenApply(rows -> rows.stream().filter(row -> isIn(row, value)).toList())
                .thenCompose(found))
        .thenApply(told);
  }

  private static boolean isIn(DialogRow row, Optional<String> value) {
    return !row.trunk().isEmpty() && (value.isEmpty() || row.trunk().equals(value.get()));
  }

  private <F> CompletionStage<MiLegacy.Reply> inTwo(
      List<String> texts,
      Optional<String> value,
      Function<List<DialogRow>, CompletionStage<F>> found,
      Function<F, MiTree> told) {
    return texts.isEmpty() || texts.size() > 2
        ? CompletableFuture.completedStage(BAD_COUNT)
        : in(
            texts.getFirst(),
            value,
            found,
            answer -> new MiLegacy.Reply.Tree(told.apply(answer)),
            new MiLegacy.Reply.Fault(404, "Profile not found"));
  }
}
