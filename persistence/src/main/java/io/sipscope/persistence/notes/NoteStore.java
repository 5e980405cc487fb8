package io.sipscope.persistence.notes;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// Keeps notes where the dialogs are kept, so that all nodes find the same.
public interface NoteStore {

  /// All of a kind, in the order of their names.
  CompletionStage<List<Note>> read(String kind);

  /// Keeps a note, unless there is a later one of its name.
  CompletionStage<Done> keep(Note note);

  /// Takes a note out, unless there is one written later than that.
  CompletionStage<Done> forget(String kind, String name, long written);
}
