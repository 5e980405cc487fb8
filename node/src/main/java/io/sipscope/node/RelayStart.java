package io.sipscope.node;

import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.dispatcher.HepRelay;
import io.sipscope.node.trace.DestinationSettings;
import io.sipscope.node.trace.Destinations;
import io.sipscope.persistence.statistics.Counters;
import java.time.Clock;

/// Starts what `hep_relay` sends by: lanes of its own, as those of traces are, but without a place
/// on the disk. A relay that comes late is of no use to whoever chose it by its load.
final class RelayStart {
  private RelayStart() {}

  static HepRelay start(
      Dispatcher dispatcher,
      DestinationSettings settings,
      Counters counters,
      Resolver resolver,
      Shutdown shutdown) {
    var lanes = new Destinations(settings.withoutSpool(), counters, resolver, Clock.systemUTC());
    shutdown.closeLast("script-relay", lanes::close);
    var relay = new HepRelay(lanes, counters);
    relay.prepare(dispatcher.uris());
    return relay;
  }
}
