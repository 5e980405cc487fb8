package io.sipscope.node.status;

import io.sipscope.persistence.status.Identifier;
import io.sipscope.persistence.status.Status;
import io.sipscope.persistence.status.StatusReport;
import java.util.Optional;

/// The group `core`, in OpenSIPS's own states and words: whether this node takes traffic. A look
/// that is under way when the node stops does not have the last word.
public final class CoreStatus {
  private static final Status INITIALIZING = new Status(-1, "initializing");
  private static final Status TERMINATING = new Status(-2, "shutting down");

  private final Identifier main;
  private boolean wasReady;
  private boolean stopping;

  public CoreStatus(StatusReport report) {
    main = report.identifier("core", StatusReport.MAIN, INITIALIZING);
    main.report(INITIALIZING.details());
  }

  /// @param unready why it takes none; empty when it does
  public synchronized void look(Optional<String> unready) {
    if (stopping) {
      return;
    }
    if (unready.isEmpty()) {
      if (main.set(Status.RUNNING)) {
        main.report(wasReady ? "ready again" : "initialization completed, ready now");
        wasReady = true;
      }
    } else if (wasReady) {
      main.tell(new Status(-1, unready.get()));
    }
  }

  public synchronized void stopping() {
    stopping = true;
    main.tell(TERMINATING);
  }
}
