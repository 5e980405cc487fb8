package io.sipscope.node.ingest;

import java.util.List;

/// Arrivals that go through the ingest stream as one element: a stream step costs as much as
/// decoding a message, so sources pass on what they have at once. Often a single one.
public record Batch(List<Arrival> arrivals) {
  public Batch {
    arrivals = List.copyOf(arrivals);
  }
}
