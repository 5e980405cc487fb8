package io.sipscope.bench.chaos;

import java.util.OptionalLong;

/// How a fault went, in milliseconds; empty is what does not apply, or did not happen in time.
///
/// @param noticed from the fault to a `/ready` that said 503
/// @param away from the fault to a database that answers again
/// @param stored messages between the fault and its end
/// @param ready from the start of the node, or from the database being back, to a `/ready` of 200
/// @param written from the database being back until as many messages are stored as were held, and
///     every import that was under way is acknowledged
/// @param slowest of the answers to probes and searches meanwhile
record Recovery(
    Fault fault,
    OptionalLong noticed,
    OptionalLong away,
    OptionalLong stored,
    OptionalLong ready,
    OptionalLong written,
    OptionalLong slowest) {

  static Recovery ofNode(long ready) {
    return new Recovery(
        Fault.NODE,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.of(ready),
        OptionalLong.empty(),
        OptionalLong.empty());
  }
}
