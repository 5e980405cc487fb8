package io.sipscope.node.events;

import io.sipscope.persistence.events.Subscription.Era;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Tells the first of several that can be told. One that failed is not asked for a while, unless
/// none else is left.
final class Failover implements Outlet {
  private final List<Outlet> members;
  private final long pauseNanos;
  private final long[] failedAt;
  private final boolean[] failed;

  Failover(List<Outlet> members, Duration pause) {
    this.members = List.copyOf(members);
    this.pauseNanos = pause.toNanos();
    failedAt = new long[members.size()];
    failed = new boolean[members.size()];
  }

  @Override
  public void tell(Era era, EventPayload event, int attempt) throws IOException {
    var last = new IOException("none of its members can be told");
    for (boolean resting : new boolean[] {false, true}) {
      for (int i = 0; i < members.size(); i++) {
        if (isResting(i) == resting) {
          try {
            members.get(i).tell(era, event, attempt);
            failed[i] = false;
            return;
          } catch (IOException e) {
            last = e;
            failed[i] = true;
            failedAt[i] = System.nanoTime();
          }
        }
      }
    }
    throw last;
  }

  private boolean isResting(int member) {
    return failed[member] && System.nanoTime() - failedAt[member] < pauseNanos;
  }

  @Override
  public void close() {
    members.forEach(Outlet::close);
  }
}
