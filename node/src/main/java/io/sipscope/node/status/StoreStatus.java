package io.sipscope.node.status;

import io.sipscope.persistence.status.Identifier;
import io.sipscope.persistence.status.Status;
import io.sipscope.persistence.status.StatusReport;
import io.sipscope.persistence.store.Store;
import io.sipscope.persistence.store.Sweep;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The groups `store` and `retention`: whether the database can be used, and how the last sweep of
/// what is kept too long went.
public final class StoreStatus {
  private static final Status WAITS = new Status(-1, "waits for the store");

  private final Store store;
  private final Identifier main;
  private final Identifier retention;
  private long lastSweep;

  public StoreStatus(StatusReport report, Store store) {
    this.store = store;
    main = report.identifier("store", StatusReport.MAIN, Status.RUNNING);
    retention = report.identifier("retention", StatusReport.MAIN, Status.RUNNING);
  }

  public void look() {
    var trouble = store.trouble();
    main.tell(trouble.map(why -> new Status(-1, why)).orElse(Status.RUNNING));
    if (trouble.isPresent()) {
      retention.tell(WAITS);
    } else {
      store.sweep().ifPresentOrElse(this::swept, () -> retention.tell(Status.RUNNING));
    }
  }

  /// A sweep that found nothing is told in the details, and is no report.
  private void swept(Sweep sweep) {
    if (!sweep.failure().isEmpty()) {
      retention.tell(new Status(-1, "the last sweep failed: " + sweep.failure()));
      return;
    }
    var when = "swept at " + Instant.ofEpochMilli(sweep.at()).truncatedTo(ChronoUnit.SECONDS);
    if (retention.set(new Status(1, when))) {
      retention.report("sweeps again");
    }
    if (sweep.at() != lastSweep && !sweep.gone().isEmpty()) {
      retention.report("dropped " + sweep.gone());
    }
    lastSweep = sweep.at();
  }
}
