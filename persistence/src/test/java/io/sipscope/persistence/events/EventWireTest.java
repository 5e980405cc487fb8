package io.sipscope.persistence.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sipscope.persistence.wire.Unreadable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventWireTest {
  private static final Subscription SUBSCRIPTION =
      new Subscription(
          "E_SCRIPT_MSG",
          new SubscriberSocket.Tcp("2001:db8::1", 8899, "m"),
          1_700_000_000_123L,
          3_600,
          Subscription.Era.TEXT,
          "pekko://sipscope@10.0.0.1:7355#42",
          /* permanent */ true);

  private static final Event EVENT =
      Event.of("E_CORE_TCP_DISCONNECT")
          .with("src_ip", "10.0.0.1")
          .with("src_port", -1)
          .with("", "");

  private static final Forwarding.Place PLACE =
      new Forwarding.Place("pekko://sipscope@10.0.0.1:7355#42", 1_700_000_000_123L, 7, 3);

  static List<Object> values() {
    return List.of(
        SUBSCRIPTION,
        new Subscriptions.Learn(SUBSCRIPTION),
        new Subscriptions.Forward(PLACE, List.of(SUBSCRIPTION, SUBSCRIPTION), EVENT),
        new Subscriptions.Reached(PLACE),
        new Subscriptions.Has(1_700_000_000_123L, 7),
        new Subscriptions.Told(
            new SocketDeliveries(
                "a", Map.of("udp:127.0.0.1:1", new Deliveries(1, 2, 3, 4, 5, "gone")))),
        new EventBoards.Heard(new Happened(1_700_000_000_123L, "a", EVENT)),
        new EventBoards.Watched("a", new EventBoard.Interest(true, Set.of("E_A", "E_B"))));
  }

  @ParameterizedTest
  @MethodSource("values")
  void whatIsWrittenIsReadBack(Object value) throws Unreadable {
    var wire = new EventWire();
    assertEquals(value, wire.fromBinary(wire.toBinary(value), wire.manifest(value)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void whatWasCutShortIsUnreadable(Object value) {
    var wire = new EventWire();
    var bytes = wire.toBinary(value);
    for (int length = 0; length < bytes.length; length++) {
      var cut = Arrays.copyOf(bytes, length);
      assertThrows(Unreadable.class, () -> wire.fromBinary(cut, wire.manifest(value)));
    }
  }
}
