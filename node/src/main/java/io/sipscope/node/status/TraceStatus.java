package io.sipscope.node.status;

import io.sipscope.node.observed.DestinationWatch;
import io.sipscope.persistence.status.Identifier;
import io.sipscope.persistence.status.Status;
import io.sipscope.persistence.status.StatusReport;
import io.sipscope.persistence.trace.DestinationState;
import java.util.LinkedHashMap;
import java.util.List;

/// The group `trace`: each destination, and all together.
public final class TraceStatus {
  private static final Status REACHED = new Status(1, "reached");

  private final Identifier main;
  private final Named destinations;

  public TraceStatus(StatusReport report) {
    main = report.identifier("trace", StatusReport.MAIN, new Status(1, "no destination"));
    destinations = new Named(report, "trace");
  }

  public void look(List<DestinationState> states) {
    var statuses = new LinkedHashMap<String, Status>();
    for (var state : states) {
      statuses.put(
          DestinationWatch.name(state),
          state.up() ? REACHED : new Status(code(state), state.trouble()));
    }
    destinations.tell(statuses);
    main.tell(together(states));
  }

  /// One that nobody has tried yet is not in trouble.
  private static int code(DestinationState state) {
    return DestinationWatch.isNew(state) ? 1 : -1;
  }

  private static Status together(List<DestinationState> states) {
    long down = states.stream().filter(state -> !state.up() && code(state) < 0).count();
    if (states.isEmpty()) {
      return new Status(1, "no destination");
    }
    return down == 0
        ? new Status(1, "none is in trouble")
        : new Status(-1, down + " of " + states.size() + " not reached");
  }
}
