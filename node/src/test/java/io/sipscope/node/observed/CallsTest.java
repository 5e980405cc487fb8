package io.sipscope.node.observed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.Sip;
import io.sipscope.persistence.dialog.Standing;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.index.Trunks;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.SessionMeasures;
import io.sipscope.persistence.statistics.SessionMeasures.Side;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.dialog.Conversation;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.HepDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_800_000_000L * SECOND;

  private final Counters counters = new Counters();
  private final SessionMeasures measures = new SessionMeasures();
  private long now = START + 10 * SECOND;
  private final Calls calls = new Calls(counters, measures, () -> now);

  private static Capture capture(byte[] hep) {
    var packet = (Hep.Packet) HepDecoder.decode(io.sipscope.protocol.Bytes.of(hep));
    return new Capture(
        START,
        packet.time().orElseThrow(),
        packet.transport(),
        packet.source(),
        packet.destination(),
        packet.agent(),
        "",
        SourceKind.HEP,
        packet.payload());
  }

  private static Standing standing(Conversation conversation) {
    return Standing.of(conversation, new DialogRow("key", conversation.summary(), ""), Trunks.NONE);
  }

  /// What an entity does with its bursts; before each it may have slept, and woken from what was
  /// stored.
  private void tell(List<List<Capture>> bursts, boolean sleeps) {
    var conversation = Conversation.accounted();
    var told = Optional.<Standing>empty();
    for (int i = 0; i < bursts.size(); i++) {
      if (sleeps && i > 0) {
        conversation = Conversation.accounted();
        for (var stored : bursts.subList(0, i)) {
          stored.forEach(conversation::observe);
          conversation.settle();
        }
        told = Optional.of(standing(conversation));
      }
      bursts.get(i).forEach(conversation::observe);
      var after = standing(conversation);
      calls.changed(told, after, new DialogRow("", conversation.summary(), ""));
      told = Optional.of(after.without(conversation.settle()));
    }
  }

  private long count(String group, String name) {
    calls.tick();
    return counters.read().get(new StatisticName(group, name));
  }

  private static List<Capture> challengedAndAnswered() {
    var call = new Sip("call", START);
    return List.of(
            call.request(0, "INVITE", 1, ""),
            call.reply(10, 407, "INVITE", 1),
            call.request(15, "ACK", 1, "b"),
            call.request(20, "INVITE", 2, ""),
            call.reply(120, 180, "INVITE", 2),
            call.reply(320, 200, "INVITE", 2),
            call.request(330, "ACK", 2, "b"),
            call.request(2_320, "BYE", 3, "b"),
            call.reply(2_340, 200, "BYE", 3))
        .stream()
        .map(CallsTest::capture)
        .toList();
  }

  private static List<List<Capture>> parted(List<Capture> captures, Random random) {
    var shuffled = new ArrayList<>(captures);
    Collections.shuffle(shuffled, random);
    var bursts = new ArrayList<List<Capture>>();
    while (!shuffled.isEmpty()) {
      int size = 1 + random.nextInt(Math.min(4, shuffled.size()));
      bursts.add(List.copyOf(shuffled.subList(0, size)));
      shuffled.subList(0, size).clear();
    }
    return bursts;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCallCountsOnceInWhateverOrderItsMessagesCome(boolean sleeps) {
    var random = new Random(4);
    int rounds = 200;
    for (int i = 0; i < rounds; i++) {
      tell(parted(challengedAndAnswered(), random), sleeps);
    }
    assertEquals(rounds, count("dialog", "processed_dialogs"));
    assertEquals(0, count("dialog", "active_dialogs"));
    assertEquals(0, count("dialog", "early_dialogs"));
    assertEquals(0, count("dialog", "failed_dialogs"));
    assertEquals(0, count("dialog", "expired_dialogs"));
    assertEquals(3L * rounds, count("tm", "UAS_transactions"));
    assertEquals(2L * rounds, count("tm", "2xx_transactions"));
    assertEquals(rounds, count("tm", "4xx_transactions"));
    assertEquals(0, count("tm", "inuse_transactions"));
    var measured = measures.of(Side.NOWHERE);
    assertEquals(2L * rounds, measured.attempts.sum());
    assertEquals(1.0, measured.establishment());
    assertEquals(1.0, measured.completion());
    assertEquals(rounds, measured.requestDelay.read().count());
    assertEquals(rounds * 0.1, measured.requestDelay.read().seconds(), 1e-6);
    assertEquals(rounds, measured.disconnectDelay.read().count());
    assertEquals(rounds * 2.0, measured.duration.read().seconds(), 1e-6);
    assertEquals(0, measured.failedRequestDelay.read().count());
  }

  @Test
  void aCallThatNeverEndsExpires() {
    var call = new Sip("silent", START);
    tell(
        List.of(
            List.of(capture(call.request(0, "INVITE", 1, ""))),
            List.of(capture(call.reply(100, 200, "INVITE", 1)))),
        false);
    assertEquals(1, count("dialog", "active_dialogs"));
    now += 12 * 3600 * SECOND + 120 * SECOND;
    assertEquals(0, count("dialog", "active_dialogs"));
    assertEquals(1, count("dialog", "expired_dialogs"));
    assertEquals(0, count("dialog", "failed_dialogs"));
  }

  @Test
  void aRequestWithoutAnAnswerTimesOut() {
    var dialog = new Sip("unanswered", START + 8 * SECOND);
    tell(List.of(List.of(capture(dialog.request(0, "OPTIONS", 1, "")))), false);
    assertEquals(1, count("tm", "inuse_transactions"));
    now += 40 * SECOND;
    assertEquals(0, count("tm", "inuse_transactions"));
    assertEquals(1, count("tm", "timeout_finalresponse"));
    assertEquals(0, count("dialog", "processed_dialogs"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPhoneThatRegistersForWeeksCountsEachTime(boolean sleeps) {
    var phone = new Sip("phone", START);
    var bursts = new ArrayList<List<Capture>>();
    int times = 100;
    for (int i = 1; i <= times; i++) {
      bursts.add(
          List.of(
              capture(phone.request(i * 20L, "REGISTER", i, "")),
              capture(phone.reply(i * 20L + 5, 200, "REGISTER", i))));
    }
    tell(bursts, sleeps);
    assertEquals(times, count("registrar", "accepted_regs"));
    assertEquals(times, count("tm", "UAS_transactions"));
    var delay = measures.of(Side.NOWHERE).registrationDelay.read();
    assertEquals(times, delay.count());
    assertEquals(times * 0.005, delay.seconds(), 1e-6);
    assertTrue(measures.of(Side.NOWHERE).ineffectiveRegistrations.sum() == 0);
  }

  @Test
  void aBurstOfManyTransactionsLosesNone() {
    var phone = new Sip("import", START);
    var burst = new ArrayList<Capture>();
    int times = 60;
    for (int i = 1; i <= times; i++) {
      burst.add(capture(phone.request(i * 20L, "REGISTER", i, "")));
      burst.add(capture(phone.reply(i * 20L + 5, 403, "REGISTER", i)));
    }
    tell(List.of(burst), false);
    assertEquals(times, count("registrar", "rejected_regs"));
    assertEquals(1.0, measures.of(Side.NOWHERE).ineffectiveRegistration());
  }

  @Test
  void requestsThatAreSentAgainAreCountedByTheirTurn() {
    var call = new Sip("again", START);
    var burst = new ArrayList<Capture>();
    for (int i = 0; i < 6; i++) {
      burst.add(capture(call.request(i * 500L, "INVITE", 1, "")));
    }
    tell(List.of(burst), false);
    assertEquals(1, count("tm", "retransmission_req_T1_1"));
    assertEquals(1, count("tm", "retransmission_req_T1_2"));
    assertEquals(1, count("tm", "retransmission_req_T1_3"));
    assertEquals(2, count("tm", "retransmission_req_T2"));
    assertEquals(1, count("tm", "UAS_transactions"));
  }
}
