package io.sipscope.http.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.persistence.events.Deliveries;
import io.sipscope.persistence.events.SubscriberSocket;
import io.sipscope.persistence.events.Subscription;
import io.sipscope.persistence.events.Subscriptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What became of the events of a socket that stands for several.
class SubscriberRowTest {

  /// One of the members is subscribed to by itself as well, and was sent three. Each member of a
  /// failover is told by the failover itself, the others by their own sockets.
  @ParameterizedTest
  @CsvSource({"FAILOVER, 5", "PARALLEL, 8", "ROUND-ROBIN, 8"})
  void aFailoverIsNotCreditedWithWhatItsMembersAreSentBesides(String choice, long sent) {
    var text = "virtual:" + choice + " tcp:127.0.0.1:1 udp:127.0.0.1:2";
    var socket = SubscriberSocket.parse(text).orElseThrow();
    var subscription =
        new Subscription(
            "E_SCRIPT_MSG", socket, 1_000, 60, Subscription.Era.JSON, "me", /* permanent= */ false);
    var all =
        new Subscriptions.All(
            2_000,
            List.of(subscription),
            Map.of(
                socket.text(),
                new Deliveries(5, 0, 0, 0, 0, ""),
                "udp:127.0.0.1:2",
                new Deliveries(3, 0, 0, 0, 0, "")));
    assertEquals(sent, SubscriberRow.of(subscription, all).sent());
  }
}
