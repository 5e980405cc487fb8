package io.sipscope.node.trace;

import io.sipscope.persistence.trace.TracedMessage;
import java.io.IOException;
import java.util.List;

/// A batch that is sent message by message: after a failure in the middle, the same batch goes on
/// where it was, and nothing is repeated.
final class OneByOne {
  private List<TracedMessage> batch = List.of();
  private int done;
  private int refused;

  /// Sends one message.
  @FunctionalInterface
  interface Sending {
    /// False when it can never be sent.
    boolean send(TracedMessage message) throws IOException;
  }

  /// @return how many could never be sent
  int deliver(List<TracedMessage> given, Sending sending) throws IOException {
    if (given != batch) {
      batch = given;
      done = 0;
      refused = 0;
    }
    for (; done < batch.size(); done++) {
      refused += sending.send(batch.get(done)) ? 0 : 1;
    }
    return refused;
  }
}
