package io.sipscope.node.sources.redis;

import io.sipscope.node.sources.Backoff;
import io.sipscope.node.sources.Tally;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether Redis is reached, as pages show it and the log says it: once when it is no longer, and
/// once when it is again. For one thread.
final class Reach {
  private static final Logger LOG = LoggerFactory.getLogger(Reach.class);

  private final String what;
  private final Tally tally;
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
  private boolean away;

  /// @param what is reached, and where
  Reach(String what, Tally tally) {
    this.what = what;
    this.tally = tally;
  }

  void up() {
    tally.up("");
    backoff.wentWell();
    if (away) {
      away = false;
      LOG.info("{} is reached again", what);
    }
  }

  /// @return the pause before it is tried again
  Duration away(Throwable why) {
    var reason = RedisLink.reason(why);
    tally.connecting(reason + "; it is tried again");
    if (!away) {
      away = true;
      LOG.warn("{} is not reached, and is tried again: {}", what, reason);
    }
    return backoff.pause();
  }
}
