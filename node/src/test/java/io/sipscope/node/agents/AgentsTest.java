package io.sipscope.node.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.sipscope.http.agents.AgentState;
import io.sipscope.node.Setting;
import io.sipscope.persistence.events.EventDelivery;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.protocol.capture.Agent;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AgentsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final long T0 = 1_700_000_000L * SECOND;
  private static final Agent EDGE = new Agent(1, "edge");
  private static final Agent CORE = new Agent(2, "core");
  private static final Peer THERE = HepPackets.from("192.0.2.1");

  private final Counters counters = new Counters();
  private final Events events =
      new Events(new EventNames(List.of()), EventDelivery.NOBODY, counters, () -> 0);
  private Agents agents = new Agents(counters, AgentSettings.OPEN, events);

  private void hear(Agent agent, long at) {
    agents.heard(HepPackets.of(agent, "", at), THERE, at);
  }

  private AgentState state(Agent agent, long now) {
    return agents.list(now).stream()
        .filter(one -> one.identity().name().equals(agent.name()))
        .findFirst()
        .orElseThrow();
  }

  private long count(String group, String name) {
    return counters.read().get(new StatisticName(group, name));
  }

  /// Hears two agents, the first ten times a second, for so many seconds.
  private long bothSpeak(int seconds) {
    long at = T0;
    for (int i = 0; i < 10 * seconds; i++) {
      at = T0 + i * (100 * MILLI);
      hear(EDGE, at);
      hear(CORE, at);
    }
    return at;
  }

  @Test
  void areToldApartUpToABound() {
    for (int i = 1; i <= Agents.MAX_AGENTS + 3; i++) {
      hear(new Agent(i, "node/" + i), T0);
      hear(new Agent(i, "node/" + i), T0);
    }
    assertEquals(Agents.MAX_AGENTS, count("hep", "agents"));
    assertEquals(6, count("hep", "agent_beyond"));
    assertEquals(2, count("agent-node_1", "packets"));
    assertEquals(T0 / SECOND, count("agent-node_1", "last_seen"));
  }

  @Test
  void whoWasSilentWhileOthersSpokeHasAGap() {
    long last = bothSpeak(60);
    for (int i = 1; i <= 40; i++) {
      hear(CORE, last + i * SECOND);
    }
    long now = last + 40 * SECOND;
    assertEquals(List.of("edge"), agents.silent(now));
    assertEquals(OptionalLong.of(last), state(EDGE, now).silences().since());
    assertEquals(1, state(EDGE, now).silences().gaps());
    hear(EDGE, now);
    assertEquals(List.of(), agents.silent(now));
    assertEquals(
        new AgentState.Silences(
            1, List.of(new AgentState.Gap(last, 40 * SECOND)), OptionalLong.empty()),
        state(EDGE, now).silences());
    assertEquals(0, state(CORE, now).silences().gaps());
  }

  @Test
  void aNightInWhichNobodySpeaksIsNoGap() {
    long last = bothSpeak(60);
    assertEquals(List.of(), agents.silent(last + 8 * 3_600 * SECOND));
    hear(EDGE, last + 8 * 3_600 * SECOND);
    hear(CORE, last + 8 * 3_600 * SECOND);
    assertEquals(0, state(EDGE, T0).silences().gaps());
  }

  @Test
  void whoSpeaksSeldomIsNotMissedSoon() {
    long at = T0;
    for (int i = 0; i < 10; i++) {
      at = T0 + i * (20 * SECOND);
      hear(EDGE, at);
    }
    for (int i = 1; i <= 190; i++) {
      hear(CORE, at + i * SECOND);
    }
    assertEquals(List.of(), agents.silent(at + 190 * SECOND));
    assertEquals(List.of("edge"), agents.silent(at + 201 * SECOND), "ten pauses of 20 s");
  }

  @Test
  void theClockOffsetIsTheLeastDelayOfTheLastMinutes() {
    long ahead = 5 * SECOND;
    for (int i = 0; i < 100; i++) {
      long at = T0 + i * (100 * MILLI);
      long way = (3L + i * 7 % 40) * MILLI;
      agents.heard(HepPackets.of(EDGE, "", at - way + ahead), THERE, at);
    }
    assertEquals(OptionalLong.of(3 * MILLI - ahead), state(EDGE, T0 + 10 * SECOND).clockOffset());
    long later = T0 + 300 * SECOND;
    agents.heard(HepPackets.of(EDGE, "", later - 8 * MILLI), THERE, later);
    assertEquals(OptionalLong.of(8 * MILLI), state(EDGE, later).clockOffset(), "it was set right");
  }

  @Test
  void theRateIsThatOfTheLastMinute() {
    long last = bothSpeak(120);
    assertEquals(10, state(EDGE, last).rate(), 0.2);
    assertEquals(5, state(EDGE, last + 30 * SECOND).rate(), 0.2);
    assertEquals(0, state(EDGE, last + 61 * SECOND).rate());
  }

  @Test
  void whatBecameOfItsPacketsIsKnown() {
    hear(EDGE, T0);
    hear(EDGE, T0);
    hear(EDGE, T0);
    agents.stored(EDGE);
    agents.notSip(EDGE);
    agents.malformed(EDGE);
    agents.malformed(THERE);
    agents.dropped(THERE, "queue-full");
    assertEquals(
        new AgentState.Counts(3, 1, 1, 2, Map.of("queue-full", 1L)), state(EDGE, T0).counts());
  }

  @Test
  void ofTwoAgentsAtOneAddressNoneIsBlamedForWhatNobodyCouldRead() {
    hear(EDGE, T0);
    hear(CORE, T0);
    agents.dropped(THERE, "queue-full");
    agents.malformed(THERE);
    assertEquals(new AgentState.Counts(1, 0, 0, 0, Map.of()), state(EDGE, T0).counts());
    assertEquals(new AgentState.Counts(1, 0, 0, 0, Map.of()), state(CORE, T0).counts());
  }

  @Test
  void aConnectionThatEndsIsCountedForWhoCameByIt() throws Exception {
    var first = Peer.of(InetAddress.getByName("192.0.2.1"), Carrier.TCP, 11);
    var second = Peer.of(InetAddress.getByName("192.0.2.2"), Carrier.TLS, 12);
    agents.heard(HepPackets.of(EDGE, "", T0), first, T0);
    agents.heard(HepPackets.of(CORE, "", T0), second, T0);
    agents.ended(first);
    assertEquals(1, state(EDGE, T0).link().disconnects());
    assertEquals(0, state(CORE, T0).link().disconnects());
    assertEquals("tls", state(CORE, T0).link().carrier());
    agents.heard(HepPackets.of(EDGE, "", T0), second, T0);
    assertEquals(List.of("192.0.2.1", "192.0.2.2"), state(EDGE, T0).link().addresses());
    assertEquals("192.0.2.2", state(EDGE, T0).link().address());
  }

  @Test
  void whoIsRefusedIsRememberedButTakesNobodysPlace() {
    agents =
        new Agents(
            counters,
            AgentSettings.from(
                new Setting(
                    ConfigFactory.parseString(
                        """
                        sipscope.hep {
                          silence = 30s
                          authentication = required
                          agents = [{name = edge, key = k}, {id = 5, key = k}]
                        }
                        """))),
            events);
    for (int i = 0; i < 1_000; i++) {
      agents.heard(HepPackets.of(new Agent(0, "stranger-" + i), "", T0), THERE, T0 + i);
    }
    agents.heard(HepPackets.of(EDGE, "wrong", T0), THERE, T0 + 5_000);
    agents.heard(HepPackets.of(EDGE, "wrong", T0), THERE, T0 + 6_000);
    agents.heard(HepPackets.of(EDGE, "k", T0), THERE, T0);
    assertEquals(2, agents.list(T0).size(), "those that are listed");
    assertTrue(state(EDGE, T0).link().authenticated());
    assertEquals(
        new AgentState.Counts(1, 0, 0, 0, Map.of("agent-key", 2L)), state(EDGE, T0).counts());
    assertFalse(
        agents.list(T0).stream()
            .filter(one -> one.identity().id() == 5)
            .findFirst()
            .orElseThrow()
            .lastAt()
            .isPresent());
    assertEquals(Refusals.REMEMBERED, agents.refused().size());
    var latest = agents.refused().getLast();
    assertEquals("agent-key", latest.reason());
    assertEquals(2, latest.count());
    assertEquals(T0 + 6_000, latest.lastAt());
  }
}
