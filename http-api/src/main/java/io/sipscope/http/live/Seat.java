package io.sipscope.http.live;

import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;

/// One watcher of a [LiveFeed]: a bounded queue to fill, and a count of what did not fit. Mutable,
/// as its feed owns it.
final class Seat {
  private final BoundedSourceQueue<Live> queue;
  private final Predicate<Live.Message> wanted;
  private long missed;

  Seat(BoundedSourceQueue<Live> queue, Predicate<Live.Message> wanted) {
    this.queue = queue;
    this.wanted = wanted;
  }

  BoundedSourceQueue<Live> queue() {
    return queue;
  }

  void show(Live.Message message) {
    if (wanted.test(message) && !(caughtUp() && took(message))) {
      missed++;
    }
  }

  void missed(long messages) {
    missed += messages;
  }

  /// Tells what was missed as soon as there is room; answers whether nothing is left to tell.
  boolean caughtUp() {
    if (missed > 0 && took(new Live.Gap(OptionalLong.of(missed)))) {
      missed = 0;
    }
    return missed == 0;
  }

  void showUnknownGap() {
    if (!took(new Live.Gap(OptionalLong.empty()))) {
      missed++;
    }
  }

  private boolean took(Live live) {
    return queue.offer(live).equals(QueueOfferResult.enqueued());
  }
}
