package io.sipscope.bench.chaos;

import io.sipscope.bench.chaos.Watch.Seen;
import java.util.OptionalLong;

/// How a fault went, in milliseconds; empty is what does not apply, or did not happen in time.
///
/// @param seen of the node meanwhile
/// @param away from the fault to a database that answers again
/// @param stored messages between the fault and its end
/// @param ready from the start of the node, or from the database being back, to a `/ready` of 200
/// @param written from the database being back until as many messages are stored as were held, and
///     every import that was under way is acknowledged
record Recovery(
    Fault fault,
    Seen seen,
    OptionalLong away,
    OptionalLong stored,
    OptionalLong ready,
    OptionalLong written) {

  static Recovery ofNode(Fault fault, long ready, OptionalLong written) {
    return new Recovery(
        fault,
        Seen.NOTHING,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.of(ready),
        written);
  }
}
