package io.sipscope.persistence.index;

/// Where it is noted that a dialog was found damaged, so that lists show it. Never waits: a note
/// may come to nothing when the store has too much to do, and is made again when the dialog is
/// read again.
@FunctionalInterface
public interface DamageNotes {

  /// @param key the entity key
  /// @param damaged one sentence
  void note(String key, String damaged);
}
