package io.sipscope.bench.load;

import io.sipscope.bench.Call;
import java.util.NoSuchElementException;

/// The order in which the messages of many calls that overlap are sent. Calls start evenly and all
/// keep the same pace, so the n-th message of each is a queue of its own, and the next message of
/// all is the earliest head of those few queues: no heap, no memory per call.
final class Schedule {
  private final long calls;
  private final long between;
  private final long[] after = new long[Call.MESSAGES];
  private final long[] nextCall = new long[Call.MESSAGES];

  /// The `message`-th of call `call`, due `due` nanoseconds after the first of all.
  record Due(int message, long call, long due) {}

  /// @param between nanoseconds from the start of one call to that of the next
  /// @param talk nanoseconds from answer to BYE
  Schedule(long calls, long between, long talk) {
    this.calls = calls;
    this.between = between;
    for (int message = 0; message < after.length; message++) {
      after[message] = Call.after(message, talk);
    }
  }

  boolean hasNext() {
    return nextCall[Call.MESSAGES - 1] < calls;
  }

  Due next() {
    int earliest = -1;
    long due = Long.MAX_VALUE;
    for (int message = 0; message < after.length; message++) {
      long then = nextCall[message] * between + after[message];
      if (nextCall[message] < calls && then < due) {
        earliest = message;
        due = then;
      }
    }
    if (earliest < 0) {
      throw new NoSuchElementException();
    }
    return new Due(earliest, nextCall[earliest]++, due);
  }
}
