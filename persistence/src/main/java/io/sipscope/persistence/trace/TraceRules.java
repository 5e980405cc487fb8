package io.sipscope.persistence.trace;

import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.sip.SipMessage;
import java.util.List;

/// Traces what the rules of the configuration say.
record TraceRules(List<TraceRule> rules) implements TracePolicy {
  TraceRules {
    rules = List.copyOf(rules);
  }

  @Override
  public boolean isIdle() {
    return false;
  }

  @Override
  public List<TraceOrder> decide(String key, SipMessage message, Capture capture) {
    return rules.stream()
        .filter(rule -> rule.fits(message, capture))
        .map(TraceRule::order)
        .toList();
  }
}
