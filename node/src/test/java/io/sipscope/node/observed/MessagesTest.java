package io.sipscope.node.observed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.persistence.events.EventDelivery;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Endpoint SOMEWHERE = Endpoint.parse("10.0.0.1:5060").orElseThrow();

  private final Counters counters = new Counters();
  private long now = 1_000 * SECOND;
  private final Messages messages =
      new Messages(
          counters,
          Duration.ofSeconds(1),
          new Registrations(counters, () -> now),
          new Events(new EventNames(List.of()), EventDelivery.NOBODY, counters, () -> 0));

  private static Capture capture(long time, Bytes sip) {
    return new Capture(
        time, time, Transport.UDP, SOMEWHERE, SOMEWHERE, Agent.NONE, "", SourceKind.PCAP, sip);
  }

  private void hear(long time, String... lines) {
    var sip = Bytes.of(String.join("\r\n", lines) + "\r\n\r\n");
    var capture = capture(time, sip);
    messages.message((SipMessage) SipParser.parse(sip), capture);
  }

  private long count(String group, String name) {
    return counters.read().get(new StatisticName(group, name));
  }

  private void registered(long time, String... headers) {
    var lines =
        new java.util.ArrayList<>(
            java.util.List.of(
                "SIP/2.0 200 OK",
                "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1",
                "From: <sip:bob@example.com>;tag=a",
                "To: <sip:bob@example.com>;tag=b",
                "Call-ID: c",
                "CSeq: 2 REGISTER"));
    lines.addAll(java.util.List.of(headers));
    hear(time, lines.toArray(String[]::new));
  }

  @Test
  void whatIsWrongWithAMessageIsCountedByWhatItIs() {
    hear(now, "OPTIONS sip:bob@example.com SIP/2.0");
    hear(now, "OPTIONS bob SIP/2.0", "Via: SIP/2.0/UDP h;branch=z9hG4bK1");
    hear(
        now, "SIP/2.0 200 OK", "From: <sip:a@b>", "To: <sip:a@b>", "Call-ID: c", "CSeq: x OPTIONS");
    assertEquals(2, count("core", "rcv_requests"));
    assertEquals(1, count("core", "rcv_replies"));
    assertEquals(1, count("core", "err_requests"));
    assertEquals(1, count("core", "err_replies"));
    assertEquals(3, count("core", "bad_msg_hdr"));
    assertEquals(1, count("core", "bad_URIs_rcvd"));
    assertEquals(0, count("sipcapture", "captured_requests"));
  }

  @Test
  void contactsComeAndGoAsTheRegistrarSays() {
    registered(
        now, "Contact: <sip:bob@h1>;expires=60, <sip:bob@h2>;q=0.5;expires=600", "Expires: 9");
    assertEquals(1, count("usrloc", "registered_users"));
    assertEquals(2, count("usrloc", "location-contacts"));
    assertEquals(600, count("registrar", "max_expires"));
    now += 61 * SECOND;
    assertEquals(1, count("usrloc", "location-contacts"));
    assertEquals(1, count("usrloc", "location-expires"));
    registered(now);
    assertEquals(0, count("usrloc", "registered_users"));
    assertEquals(0, count("usrloc", "location-contacts"));
  }

  @Test
  void anOlderAnswerThatComesLateChangesNothing() {
    registered(now, "Contact: <sip:bob@h1>;expires=60");
    registered(now - SECOND, "Contact: <sip:bob@h1>;expires=60, <sip:bob@h2>;expires=60");
    assertEquals(1, count("usrloc", "location-contacts"));
  }

  @Test
  void aHugeExpiryIsNoOverflow() {
    registered(now, "Contact: <sip:bob@h1>;expires=99999999999999999999");
    assertEquals(1, count("usrloc", "location-contacts"));
    assertEquals(0xffff_ffffL, count("registrar", "max_expires"));
  }

  @Test
  void slowIsWhatTookLongerThanTheThreshold() {
    messages.stored(capture(0, Bytes.of("")), SECOND);
    messages.stored(capture(0, Bytes.of("")), SECOND + 1);
    assertEquals(1, count("core", "slow_messages"));
  }

  @Test
  void bytesThatWaitAreThoseOfOurPorts() {
    var row =
        "  12: 0100007F:2364 00000000:0000 07 00000000:00000200 00:00000000 00000000     0        0"
            + " 1 2 0 0";
    assertEquals(512, WaitingBytes.inRow(row, Set.of(9060)));
    assertEquals(0, WaitingBytes.inRow(row, Set.of(9061)));
    assertEquals(0, WaitingBytes.inRow(row.replace(" 07 ", " 0A "), Set.of(9060)));
    assertEquals(0, WaitingBytes.inRow("", Set.of(9060)));
  }

  @Test
  void aWorkersLoadIsTheShareOfItsTime() {
    var busy = new Busyness(600);
    assertEquals(0, busy.percent(1));
    busy.spent(0, 0, 0);
    for (int second = 1; second <= 700; second++) {
      busy.spent(second * SECOND, second % 2 == 0 ? SECOND : 0, 1_000);
    }
    assertEquals(100, busy.percent(1));
    assertEquals(50, busy.percent(60));
    assertEquals(50, busy.percent(600));
    assertEquals(1_000, busy.allocated());
  }
}
