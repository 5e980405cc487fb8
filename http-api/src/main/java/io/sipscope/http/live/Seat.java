package io.sipscope.http.live;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;

/// One watcher of a [LiveFeed]: a bounded queue to fill, and a count of what did not fit. Mutable,
/// as its feed owns it.
final class Seat {
  private final BoundedSourceQueue<Live> queue;
  private final Predicate<Live.Message> wanted;
  private final Optional<Sampling> sampling;
  private boolean wasQuiet = true;
  private long missed;

  Seat(
      BoundedSourceQueue<Live> queue, Predicate<Live.Message> wanted, Optional<Sampling> sampling) {
    this.queue = queue;
    this.wanted = wanted;
    this.sampling = sampling;
  }

  BoundedSourceQueue<Live> queue() {
    return queue;
  }

  void show(Live.Message message) {
    if (wanted.test(message)
        && (sampling.isEmpty() || sampling.get().admits(message.key()))
        && !(caughtUp() && took(message))) {
      missed++;
    }
  }

  /// A second has passed: who is shown a sample is told of what, unless nothing comes.
  void tick() {
    sampling.map(Sampling::tick).ifPresent(this::tell);
  }

  private void tell(Live.Rate rate) {
    if (!(wasQuiet && rate.isQuiet())) {
      wasQuiet = took(rate) && rate.isQuiet();
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
