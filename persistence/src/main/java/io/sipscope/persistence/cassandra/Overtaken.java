package io.sipscope.persistence.cassandra;

import io.sipscope.persistence.journal.JournalEntry;

/// Another incarnation of an entity has written the event of that number: this one's view of the
/// journal is old, and it must start anew.
final class Overtaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Overtaken(JournalEntry event) {
    super("event " + event.sequence() + " of " + event.persistenceId() + " is another writer's");
  }
}
