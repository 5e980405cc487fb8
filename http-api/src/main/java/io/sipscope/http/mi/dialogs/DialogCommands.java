package io.sipscope.http.mi.dialogs;

import io.sipscope.http.Actors;
import io.sipscope.http.Asking;
import io.sipscope.http.mi.MiArguments;
import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiParameter;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.capture.Nanos;
import io.sipscope.protocol.dialog.DialogNumber;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The commands of OpenSIPS's module `dialog`, answered with the calls that are observed.
public final class DialogCommands {
  private static final MiParameter CALL_ID = MiParameter.text("callid");
  private static final MiParameter FROM_TAG = MiParameter.text("from_tag");
  private static final MiParameter INDEX = MiParameter.integer("index");
  private static final MiParameter COUNTER = MiParameter.integer("counter");
  private static final MiParameter DIALOG_ID = MiParameter.text("dialog_id");
  private static final MiOutcome NO_SUCH = new MiOutcome.Fault(404, "No such dialog");
  private static final MiOutcome NOT_FOUND = new MiOutcome.Fault(404, "Requested Dialog not found");

  /// Who observes a call cannot end it.
  private static final MiOutcome CANNOT = new MiOutcome.Fault(403, "Operation failed");

  private final CallList calls;
  private final Asking asking;

  public DialogCommands(Actors actors, Asking asking, Supplier<Instant> now) {
    this.calls =
        new CallList(
            actors.dialogs().index(), actors.internals().messages(), () -> Nanos.of(now.get()));
    this.asking = asking;
  }

  public List<MiCommand> commands() {
    return Stream.concat(
            Stream.of(
                list("dlg_list", "dialog:list", "The calls that go on, the newest first.", false),
                list("dlg_list_ctx", "dialog:list_ctx", "The same, each with its profiles.", true),
                end()),
            new ProfileCommands(calls, asking).commands().stream())
        .toList();
  }

  private MiCommand list(String name, String canonical, String help, boolean withContext) {
    return MiCommand.of(
            name,
            canonical,
            help,
            new MiRecipe(List.of(), _ -> part(0, 0, withContext)),
            new MiRecipe(
                List.of(CALL_ID),
                given -> one(given.text("callid"), Optional.empty(), withContext)),
            new MiRecipe(
                List.of(CALL_ID, FROM_TAG),
                given ->
                    one(given.text("callid"), Optional.of(given.text("from_tag")), withContext)),
            new MiRecipe(List.of(INDEX, COUNTER), given -> part(given, withContext)))
        .onlyNamed()
        .inTwo(new MiLegacy(texts -> inTwo(texts, withContext)));
  }

  private CompletionStage<MiOutcome> part(MiArguments given, boolean withContext) {
    return part(unsigned(given.integer("index")), unsigned(given.integer("counter")), withContext);
  }

  /// OpenSIPS reads a negative number as a huge one.
  private static long unsigned(int number) {
    return Integer.toUnsignedLong(number);
  }

  /// @param counter how many; 0 = all of them, and no count
  private CompletionStage<MiOutcome> part(long index, long counter, boolean withContext) {
    return asking.within(
        rows(index, counter)
            .thenCompose(
                part ->
                    calls
                        .read(part.rows())
                        .thenApply(read -> listed(counter, part.total(), read, withContext))));
  }

  private record Part(long total, List<DialogRow> rows) {}

  private CompletionStage<Part> rows(long index, long counter) {
    return calls
        .known()
        .thenApply(
            rows ->
                new Part(
                    rows.size(),
                    rows.stream()
                        .skip(counter == 0 ? 0 : index)
                        .limit(
                            counter == 0
                                ? CallList.MOST_TOLD
                                : Math.min(counter, CallList.MOST_TOLD))
                        .toList()));
  }

  private static MiOutcome listed(
      long counter, long total, List<ObservedCall> read, boolean withContext) {
    var answer = new LinkedHashMap<String, Object>();
    if (counter > 0) {
      answer.put("count", total);
    }
    answer.put("Dialogs", read.stream().map(call -> CallJson.of(call, withContext)).toList());
    return MiOutcome.of(answer);
  }

  private CompletionStage<MiOutcome> one(
      String callId, Optional<String> fromTag, boolean withContext) {
    return asking
        .within(find(callId, fromTag))
        .thenApply(
            found ->
                found
                    .map(call -> MiOutcome.of(Map.of("Dialog", CallJson.of(call, withContext))))
                    .orElse(NO_SUCH));
  }

  private CompletionStage<Optional<ObservedCall>> find(String callId, Optional<String> fromTag) {
    return calls
        .find(callId)
        .thenCompose(
            found ->
                found
                    .filter(row -> fromTag.isEmpty() || fits(row, fromTag.get()))
                    .map(row -> calls.read(row).thenApply(Optional::of))
                    .orElseGet(() -> CompletableFuture.completedStage(Optional.empty())));
  }

  private static boolean fits(DialogRow row, String fromTag) {
    return row.summary().fromTag().equals(fromTag);
  }

  private CompletionStage<MiLegacy.Reply> inTwo(List<String> texts, boolean withContext) {
    if (texts.size() > 2) {
      return CompletableFuture.completedStage(ProfileCommands.BAD_COUNT);
    }
    boolean isPart = texts.size() == 2 && texts.stream().allMatch(t -> t.matches("\\d{1,9}"));
    if (texts.isEmpty() || isPart) {
      long index = isPart ? Long.parseLong(texts.get(0)) : 0;
      long counter = isPart ? Long.parseLong(texts.get(1)) : 0;
      return asking.within(
          rows(index, counter)
              .thenCompose(
                  part ->
                      calls
                          .read(part.rows())
                          .thenApply(
                              read ->
                                  new MiLegacy.Reply.Tree(
                                      CallTree.of(
                                          counter > 0 ? part.total() : -1, read, withContext)))));
    }
    return asking
        .within(find(texts.get(0), texts.stream().skip(1).findFirst()))
        .thenApply(
            found ->
                found
                    .<MiLegacy.Reply>map(
                        call ->
                            new MiLegacy.Reply.Tree(CallTree.of(-1, List.of(call), withContext)))
                    .orElseGet(() -> new MiLegacy.Reply.Fault(404, "No such dialog")));
  }

  private MiCommand end() {
    return MiCommand.of(
            "dlg_end_dlg",
            "dialog:end_dlg",
            "Would end a call; one that is only observed cannot be ended.",
            new MiRecipe(List.of(DIALOG_ID), given -> end(given.text("dialog_id"))),
            new MiRecipe(
                List.of(DIALOG_ID, MiParameter.text("extra_hdrs")),
                given -> end(given.text("dialog_id"))))
        .inTwo(new MiLegacy(this::endInTwo));
  }

  private CompletionStage<MiOutcome> end(String id) {
    return exists(id).thenApply(exists -> exists ? CANNOT : NOT_FOUND);
  }

  /// By its `ID`, its `db_id` or its Call-ID.
  private CompletionStage<Boolean> exists(String id) {
    return asking.within(
        calls
            .find(id)
            .thenCompose(
                found ->
                    found.isPresent()
                        ? CompletableFuture.completedStage(true)
                        : calls
                            .active()
                            .thenApply(rows -> rows.stream().anyMatch(row -> isCalled(row, id)))));
  }

  private static boolean isCalled(DialogRow row, String id) {
    var number = DialogNumber.of(row.key());
    return number.text().equals(id) || Long.toString(number.databaseId()).equals(id);
  }

  private CompletionStage<MiLegacy.Reply> endInTwo(List<String> texts) {
    return texts.isEmpty() || texts.size() > 2
        ? CompletableFuture.completedStage(ProfileCommands.BAD_COUNT)
        : exists(texts.getFirst())
            .thenApply(
                exists ->
                    exists
                        ? new MiLegacy.Reply.Fault(500, "Operation failed")
                        : new MiLegacy.Reply.Fault(404, "Requested Dialog not found"));
  }
}
