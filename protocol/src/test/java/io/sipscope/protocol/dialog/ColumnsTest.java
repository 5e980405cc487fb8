package io.sipscope.protocol.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  private static final String OPTIONS =
      "OPTIONS sip:bob@example.com SIP/2.0\r\nCall-ID: columns\r\n\r\n";

  @Test
  void oneAddressIsOneColumnWhateverItsPorts() {
    var columns = columns("192.0.2.1:5060 192.0.2.2:5060", "192.0.2.1:49152 192.0.2.3:5060");
    assertEquals(List.of("192.0.2.1", "192.0.2.2", "192.0.2.3"), columns.addresses());
    assertEquals(0, columns.indexOf(endpoint("192.0.2.1:49152")));
    assertEquals(2, columns.indexOf(endpoint("192.0.2.3:5060")));
  }

  @Test
  void aHostThatTalksToItselfHasAColumnForEachPort() {
    var columns =
        columns("[::1]:5060 [::1]:5070", "[::1]:5070 192.0.2.3:5060", "192.0.2.3:5062 [::1]:5060");
    assertEquals(List.of("[::1]:5060", "[::1]:5070", "192.0.2.3"), columns.addresses());
    assertEquals(1, columns.indexOf(endpoint("[::1]:5070")));
  }

  @Test
  void anEndpointOfNoMessageHasNoColumn() {
    var columns = columns("192.0.2.1:5060 192.0.2.2:5060");
    assertThrows(IllegalArgumentException.class, () -> columns.indexOf(endpoint("192.0.2.9:5060")));
  }

  @Test
  void endpointsOfOneNameAreOneColumnWhereTheFirstOfThemStood() {
    var columns =
        columns(
            Map.of("203.0.113.5", "edge-1", "2001:db8::5", "edge-1"),
            "192.0.2.1:5060 203.0.113.5:5060",
            "[2001:db8::5]:5060 [2001:db8::9]:5060",
            "203.0.113.5:5080 192.0.2.1:5060");
    assertEquals(
        List.of(
            new Columns.Column(
                endpoint("192.0.2.1:5060"), "192.0.2.1", Optional.empty(), List.of("192.0.2.1")),
            new Columns.Column(
                endpoint("203.0.113.5:5060"),
                "203.0.113.5",
                Optional.of("edge-1"),
                List.of("203.0.113.5", "2001:db8::5")),
            new Columns.Column(
                endpoint("[2001:db8::9]:5060"),
                "2001:db8::9",
                Optional.empty(),
                List.of("2001:db8::9"))),
        columns.columns());
    assertEquals(1, columns.indexOf(endpoint("[2001:db8::5]:5060")));
    assertEquals(1, columns.indexOf(endpoint("203.0.113.5:5080")));
  }

  @Test
  void aNamedHostThatTalksToItselfHasAColumnForEachPortAllOfItsName() {
    var columns =
        columns(
            Map.of("10.0.0.1", "box"),
            "10.0.0.1:5060 10.0.0.1:5080",
            "10.0.0.1:5080 10.0.0.2:5060");
    assertEquals(List.of("10.0.0.1:5060", "10.0.0.1:5080", "10.0.0.2"), columns.addresses());
    assertEquals(
        List.of(Optional.of("box"), Optional.of("box"), Optional.empty()),
        columns.columns().stream().map(Columns.Column::alias).toList());
  }

  private static Columns columns(String... pairs) {
    return columns(Map.of(), pairs);
  }

  private static Columns columns(Map<String, String> names, String... pairs) {
    var rungs = new ArrayList<Rung>();
    for (var pair : pairs) {
      var sides = pair.split(" ", -1);
      var capture = Play.capture(endpoint(sides[0]), endpoint(sides[1]), 1, Agent.NONE, OPTIONS);
      var message = (SipMessage) SipParser.parse(capture.sip());
      rungs.add(new Rung(rungs.size() + 1, capture, message, false));
    }
    return Columns.of(
        rungs, endpoint -> Optional.ofNullable(names.get(endpoint.address().toString())));
  }

  private static Endpoint endpoint(String text) {
    return Endpoint.parse(text).orElseThrow();
  }
}
