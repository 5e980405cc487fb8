package io.sipscope.persistence.trace;

import java.util.List;

/// What a policy says of a message.
///
/// @param orders what is to be traced because of it
/// @param notes what was done meanwhile, in its order
public record TraceDecision(List<TraceOrder> orders, List<TraceNote> notes) {
  /// Nothing is traced.
  public static final TraceDecision NOTHING = new TraceDecision(List.of(), List.of());

  public TraceDecision {
    orders = List.copyOf(orders);
    notes = List.copyOf(notes);
  }

  public static TraceDecision of(List<TraceOrder> orders) {
    return orders.isEmpty() ? NOTHING : new TraceDecision(orders, List.of());
  }
}
