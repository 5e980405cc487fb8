package io.sipscope.node.trace;

import io.sipscope.persistence.trace.TracedMessage;
import java.util.List;

/// The way to one destination. Of one thread, but for [#abort].
interface Delivery {

  /// Reaches the destination when it is not reached yet, or no longer.
  void open() throws Away;

  /// Takes messages there, in their order, all of them or, as far as it is known afterwards, none:
  /// then they are given again. Answers how many of them the destination will never take.
  int deliver(List<TracedMessage> batch) throws Away;

  /// When, by [System#nanoTime], it last got on with a delivery that takes long; 0 when it does not
  /// tell.
  default long progress() {
    return 0;
  }

  /// Lets what hangs fail. From any thread.
  void abort();

  /// Lets go of the destination.
  void close();
}
