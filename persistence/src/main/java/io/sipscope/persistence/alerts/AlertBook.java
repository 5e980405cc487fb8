package io.sipscope.persistence.alerts;

import io.sipscope.persistence.notes.Note;
import io.sipscope.persistence.notes.NoteStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The rules, which are kept in the store: all nodes find the same, and they outlive all nodes.
public final class AlertBook {
  /// Each is looked at every second.
  public static final int MOST = 200;

  private static final String KIND = "alert";

  private final NoteStore notes;
  private final LongSupplier clock;
  private final Supplier<Map<String, AlertState>> states;
  private final Runnable changed;

  /// What became of a change.
  public enum Outcome {
    DONE,
    /// There are [#MOST] already.
    TOO_MANY,
    /// There is none of that name.
    UNKNOWN
  }

  /// Rules that nobody looks at.
  ///
  /// @param clock milliseconds since the epoch
  public static AlertBook of(NoteStore notes, LongSupplier clock) {
    return new AlertBook(notes, clock, Map::of, () -> {});
  }

  /// @param clock milliseconds since the epoch
  /// @param states the last known of each rule, by its name
  /// @param changed is called after each change
  AlertBook(
      NoteStore notes,
      LongSupplier clock,
      Supplier<Map<String, AlertState>> states,
      Runnable changed) {
    this.notes = notes;
    this.clock = clock;
    this.states = states;
    this.changed = changed;
  }

  /// In the order of their names; one that cannot be read is left out.
  static CompletionStage<List<AlertRule>> rules(NoteStore notes) {
    return notes.read(KIND).thenApply(AlertBook::rules);
  }

  private static List<AlertRule> rules(List<Note> kept) {
    return kept.stream()
        .flatMap(note -> AlertRule.parse(note.name(), note.text()).stream())
        .toList();
  }

  public CompletionStage<List<Alert>> alerts() {
    var known = states.get();
    return rules(notes).thenApply(rules -> rules.stream().map(rule -> alert(rule, known)).toList());
  }

  /// One and how it is doing, if it is one of those that are looked at.
  public Alert alert(AlertRule rule) {
    return alert(rule, states.get());
  }

  private Alert alert(AlertRule rule, Map<String, AlertState> known) {
    var state = known.get(rule.name());
    return new Alert(
        rule,
        state != null && state.rule().equals(rule.text())
            ? state
            : AlertState.unknown(rule, clock.getAsLong()));
  }

  /// Adds a rule, or puts it in the place of the one of its name.
  public CompletionStage<Outcome> put(AlertRule rule) {
    return notes
        .read(KIND)
        .thenCompose(
            kept -> {
              boolean isNew = kept.stream().noneMatch(note -> note.name().equals(rule.name()));
              if (isNew && kept.size() >= MOST) {
                return CompletableFuture.completedStage(Outcome.TOO_MANY);
              }
              return notes
                  .keep(new Note(KIND, rule.name(), later(kept, rule.name()), rule.text()))
                  .thenApply(_ -> done());
            });
  }

  public CompletionStage<Outcome> delete(String name) {
    return notes
        .read(KIND)
        .thenCompose(
            kept ->
                kept.stream().noneMatch(note -> note.name().equals(name))
                    ? CompletableFuture.completedStage(Outcome.UNKNOWN)
                    : notes.forget(KIND, name, written(kept, name)).thenApply(_ -> done()));
  }

  private Outcome done() {
    changed.run();
    return Outcome.DONE;
  }

  /// Later than what it replaces, whatever the clocks of the nodes say.
  private long later(List<Note> kept, String name) {
    return Math.max(clock.getAsLong(), written(kept, name) + 1);
  }

  private static long written(List<Note> kept, String name) {
    return kept.stream().filter(note -> note.name().equals(name)).mapToLong(Note::written).sum();
  }
}
