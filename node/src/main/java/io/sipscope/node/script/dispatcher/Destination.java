package io.sipscope.node.script.dispatcher;

import io.sipscope.http.script.DispatcherSets.State;
import io.sipscope.node.script.run.Term;
import java.util.concurrent.atomic.LongAdder;

/// Where a script may relay to.
///
/// @param uri a SIP URI: `sip:10.0.0.1:9060;transport=tcp`
/// @param load how much it has to do, by `pvar_algo_pattern`
/// @param chosen how often it was chosen first
public record Destination(String uri, State state, Term load, LongAdder chosen) {
  Destination as(State next) {
    return new Destination(uri, next, load, chosen);
  }

  Destination apart() {
    return new Destination(uri, state, load, new LongAdder());
  }
}
