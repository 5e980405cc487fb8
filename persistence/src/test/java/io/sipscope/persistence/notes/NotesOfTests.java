package io.sipscope.persistence.notes;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;

/// Notes in memory, of one kind, in a store that may be away.
public final class NotesOfTests implements NoteStore {
  private final Map<String, Note> notes = new ConcurrentSkipListMap<>();
  private final AtomicInteger reads = new AtomicInteger();
  private volatile boolean isAway;

  /// How often somebody read.
  public int reads() {
    return reads.get();
  }

  public void isAway(boolean away) {
    isAway = away;
  }

  @Override
  public CompletionStage<List<Note>> read(String kind) {
    reads.incrementAndGet();
    return isAway
        ? CompletableFuture.failedStage(new IllegalStateException("away"))
        : CompletableFuture.completedStage(List.copyOf(notes.values()));
  }

  @Override
  public CompletionStage<Done> keep(Note note) {
    notes.put(note.name(), note);
    return CompletableFuture.completedStage(Done.getInstance());
  }

  @Override
  public CompletionStage<Done> forget(String kind, String name, long written) {
    notes.remove(name);
    return CompletableFuture.completedStage(Done.getInstance());
  }
}
