package io.sipscope.node.sources.redis;

import io.sipscope.node.ingest.Origin;
import io.sipscope.protocol.dialog.Seen;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// One entry of the stream, from when it was read until it may be acknowledged: when every message
/// in it is stored. Most have one.
final class Entry implements Origin {
  private final String id;
  private final Consumer<Entry> done;

  /// Messages that are not stored yet, and one for the reading.
  private final AtomicInteger open = new AtomicInteger(1);

  private Optional<DeadLetter> letter = Optional.empty();

  /// @param done told once, on the thread that stored the last of it
  Entry(String id, Consumer<Entry> done) {
    this.id = id;
    this.done = done;
  }

  String id() {
    return id;
  }

  /// Before [#read]: it cannot be read, or a part of it.
  void unread(DeadLetter why) {
    letter = Optional.of(why);
  }

  Optional<DeadLetter> letter() {
    return letter;
  }

  /// So many messages were found in it, and are to be stored.
  void holds(int messages) {
    open.addAndGet(messages);
  }

  /// All that is in it was found.
  void read() {
    less();
  }

  @Override
  public void stored(Seen seen) {
    less();
  }

  private void less() {
    if (open.decrementAndGet() == 0) {
      done.accept(this);
    }
  }
}
