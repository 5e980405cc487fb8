package io.sipscope.persistence.trace;

import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.sip.SipMessage;

/// Decides what is traced because of a message: the rules of the configuration, the policy script.
/// Asked once for each message that a dialog stores, on the dialog's thread, before it is written:
/// it must not block. Many threads ask at a time.
public interface TracePolicy {
  /// Traces nothing.
  TracePolicy NONE =
      new TracePolicy() {
        @Override
        public boolean isIdle() {
          return true;
        }

        @Override
        public TraceDecision decide(String key, SipMessage message, Capture capture) {
          return TraceDecision.NOTHING;
        }
      };

  /// Whether nothing would come of asking, so that nobody needs to look at messages.
  boolean isIdle();

  /// @param key the dialog's entity key
  TraceDecision decide(String key, SipMessage message, Capture capture);
}
