package io.sipscope.http;

import io.sipscope.http.connections.TcpConnections;
import io.sipscope.persistence.capture.CaptureSwitch;
import io.sipscope.persistence.events.EventDelivery;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.events.Subscriptions;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.status.StatusReport;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/// What a node tells of itself where nothing happens and nobody subscribed.
final class QuietInternals {
  private QuietInternals() {}

  static Internals on(ActorTestKit kit) {
    var clock = Clock.systemUTC();
    var events =
        new Events(new EventNames(List.of()), EventDelivery.NOBODY, new Counters(), clock::millis);
    return new Internals(
        events,
        kit.<Subscriptions.Command>createTestProbe().ref(),
        new StatusReport(events, clock),
        new TcpConnections(events),
        kit.<CaptureSwitch.Command>createTestProbe().ref(),
        _ -> CompletableFuture.completedStage(List.of()));
  }
}
