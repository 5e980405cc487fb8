package io.sipscope.node.scaling;

import io.sipscope.http.Internals;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.status.Identifier;
import io.sipscope.persistence.status.Status;
import java.util.function.LongSupplier;

/// Looks at the load of the workers that decode what comes at one UDP socket, once a cycle, and has
/// one more or one less as their [Profile] says. Each change is told: as an event, in the status
/// report, and in `ps` by the [Roster].
///
/// To read the socket is work of the group as well, though a thread of its own does it.
public final class AutoScaling {
  private static final long PID = ProcessHandle.current().pid();
  private static final long PERCENT = 100;
  private static final long MOST_PERCENT = 100;

  /// Who lists workers.
  public interface Roster {
    /// @return the id in `ps`
    int began(int slot);

    /// @return the id in `ps` it had
    int ended(int slot);
  }

  private final WorkerThreads threads;
  private final LongSupplier readerNanos;
  private final Scaling scaling;
  private final Roster roster;
  private final Internals inside;
  private final Identifier report;
  private final String filter;
  private final LongSupplier clock;
  private long lookedAt;
  private long busyThen;

  /// @param readerNanos nanoseconds that the socket was read for so far
  /// @param socket `host:port`
  /// @param clock nanoseconds of any clock that goes evenly
  public AutoScaling(
      Profile profile,
      WorkerThreads threads,
      LongSupplier readerNanos,
      Roster roster,
      Internals inside,
      String socket,
      LongSupplier clock) {
    this.threads = threads;
    this.readerNanos = readerNanos;
    this.scaling = new Scaling(profile);
    this.roster = roster;
    this.inside = inside;
    this.filter = "udp:" + socket;
    this.report =
        inside.status().identifier("auto-scaling", "UDP/" + filter, new Status(1, profile.name()));
    this.clock = clock;
    for (int slot = 0; slot < threads.count(); slot++) {
      roster.began(slot);
    }
    lookedAt = clock.getAsLong();
    busyThen = busyNanos();
  }

  /// Called once a cycle.
  public synchronized void look() {
    long now = clock.getAsLong();
    long busy = busyNanos();
    int workers = threads.count();
    if (workers == 0 || now <= lookedAt) {
      return;
    }
    int load =
        (int)
            Math.clamp((busy - busyThen) * PERCENT / ((now - lookedAt) * workers), 0, MOST_PERCENT);
    lookedAt = now;
    busyThen = busy;
    switch (scaling.after(load, workers)) {
      case UP -> threads.add().ifPresent(slot -> up(roster.began(slot), load, workers));
      case DOWN -> threads.remove().ifPresent(slot -> down(roster.ended(slot), load, workers));
      case NONE -> {}
    }
  }

  private long busyNanos() {
    long busy = readerNanos.getAsLong();
    for (int slot = 0; slot < threads.most(); slot++) {
      busy += threads.busyNanos(slot);
    }
    return busy;
  }

  private void up(int id, int load, int workers) {
    report.report(
        "Forking new process id %d at load %d in group with %d processes"
            .formatted(id, load, workers));
    tell("up", id, load);
  }

  private void down(int id, int load, int workers) {
    report.report(
        "Ripping process id %d at load %d in group with %d processes".formatted(id, load, workers));
    tell("down", id, load);
  }

  private void tell(String scale, int id, int load) {
    inside
        .events()
        .raise(
            EventNames.AUTO_SCALE,
            () ->
                Event.of(EventNames.AUTO_SCALE)
                    .with("group_type", "UDP")
                    .with("group_filter", filter)
                    .with("group_load", load)
                    .with("scale", scale)
                    .with("process_id", id)
                    .with("pid", PID));
  }
}
