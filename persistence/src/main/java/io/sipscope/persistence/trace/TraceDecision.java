package io.sipscope.persistence.trace;

import java.util.List;

/// What a policy says of a message.
///
/// @param orders what is to be traced because of it
/// @param notes what was done meanwhile, in its order
/// @param lost what was done after that, and not kept
public record TraceDecision(List<TraceOrder> orders, List<TraceNote> notes, List<Lost> lost) {
  /// Nothing is traced.
  public static final TraceDecision NOTHING = new TraceDecision(List.of(), List.of());

  public TraceDecision {
    orders = List.copyOf(orders);
    notes = List.copyOf(notes);
    lost = List.copyOf(lost);
  }

  public TraceDecision(List<TraceOrder> orders, List<TraceNote> notes) {
    this(orders, notes, List.of());
  }

  /// Notes that there was no room for.
  ///
  /// @param orders how many orders the run had given by then
  public record Lost(TraceType type, int orders, int count) {
    public Lost and(Lost more) {
      return new Lost(type, orders, count + more.count);
    }
  }

  public static TraceDecision of(List<TraceOrder> orders) {
    return orders.isEmpty() ? NOTHING : new TraceDecision(orders, List.of());
  }
}
