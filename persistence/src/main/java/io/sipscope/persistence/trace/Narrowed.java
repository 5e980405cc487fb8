package io.sipscope.persistence.trace;

import io.sipscope.protocol.sip.SipMessage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the log of scopes that cannot begin with a message and so were narrowed: once a minute, as
/// a script does it for each message or for none.
final class Narrowed {
  private static final Logger LOG = LoggerFactory.getLogger(Narrowed.class);
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  private final AtomicLong next = new AtomicLong(System.nanoTime());

  /// @param scope that it has instead
  void tell(TraceOrder order, TraceScope scope, SipMessage message) {
    long now = System.nanoTime();
    long due = next.get();
    if (now - due >= 0 && next.compareAndSet(due, now + PAUSE)) {
      LOG.warn(
          "{} of a {} is traced to {}, as a {} cannot begin with it",
          scope.text(),
          message.isRequest() ? message.method() : message.status(),
          order.traceId(),
          order.scope().map(TraceScope::text).orElse(""));
    }
  }
}
