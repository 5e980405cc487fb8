package io.sipscope.persistence.trace;

import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.sip.SipMessage;
import java.util.List;

/// Traces what rules say, without the engine that runs them in a node.
public record RulePolicy(List<TraceRule> rules) implements TracePolicy {
  public RulePolicy {
    rules = List.copyOf(rules);
  }

  public static TracePolicy of(List<TraceRule> rules) {
    return new RulePolicy(rules);
  }

  @Override
  public boolean isIdle() {
    return rules.isEmpty();
  }

  @Override
  public TraceDecision decide(String key, SipMessage message, Capture capture) {
    return TraceDecision.of(
        rules.stream().filter(rule -> rule.fits(message, capture)).map(TraceRule::order).toList());
  }
}
