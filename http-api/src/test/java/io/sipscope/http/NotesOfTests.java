package io.sipscope.http;

import io.sipscope.persistence.notes.Note;
import io.sipscope.persistence.notes.NoteStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.pekko.Done;

/// Notes in memory, of whatever kind.
final class NotesOfTests implements NoteStore {
  private final Map<String, Note> notes = new ConcurrentSkipListMap<>();

  @Override
  public CompletionStage<List<Note>> read(String kind) {
    return CompletableFuture.completedStage(
        notes.values().stream().filter(note -> note.kind().equals(kind)).toList());
  }

  @Override
  public CompletionStage<Done> keep(Note note) {
    notes.put(note.kind() + note.name(), note);
    return CompletableFuture.completedStage(Done.getInstance());
  }

  @Override
  public CompletionStage<Done> forget(String kind, String name, long written) {
    notes.remove(kind + name);
    return CompletableFuture.completedStage(Done.getInstance());
  }
}
