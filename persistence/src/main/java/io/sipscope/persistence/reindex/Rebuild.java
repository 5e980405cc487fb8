package io.sipscope.persistence.reindex;

import io.sipscope.persistence.index.IndexTable.Change;
import io.sipscope.persistence.journal.JournalEntry;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/// A store while its index is built anew from its journal, and nobody else does so. Everything
/// waits for the store; it is all one thread's work. One implementation a kind of store.
public interface Rebuild extends AutoCloseable {

  /// What the store did not do.
  final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /// @param passing whether the same may go well a moment later
    public Failed(Exception cause, boolean passing) {
      super(cause.getMessage(), cause);
      this.passing = passing;
    }

    boolean isPassing() {
      return passing;
    }
  }

  /// About how many events there are; empty when that takes long to find out.
  OptionalLong events() throws Failed;

  /// The first events after one, in an order that does not change: all of a dialog together, in
  /// their order. Dialogs that are begun meanwhile may be among them or not.
  ///
  /// @param id the persistence id of that event; empty at the beginning
  /// @return none at the end
  List<JournalEntry> after(String id, long sequence, int limit) throws Failed;

  /// Writes dialogs to the index, as [io.sipscope.persistence.index.IndexTable#rebuild].
  ///
  /// @return how many rows were written
  int write(Collection<Change> changes) throws Failed;

  /// Looks at the first rows of the index after a key, and removes those of dialogs that the
  /// journal has no event of.
  ///
  /// @param key empty at the beginning
  Swept sweep(String key, int limit) throws Failed;

  /// @param last the last key that was looked at; empty at the end
  /// @param removed how many rows
  record Swept(String last, int removed) {}

  /// Lets another node build the index.
  @Override
  void close();

  /// Begins; at most one in all of the cluster at a time.
  @FunctionalInterface
  interface Opening {
    /// @throws Underway when one has begun already and not ended
    Rebuild open() throws Failed, Underway;
  }

  /// The index is being built already.
  final class Underway extends Exception {
    private static final long serialVersionUID = 1L;

    public Underway(String message) {
      super(message);
    }
  }
}
