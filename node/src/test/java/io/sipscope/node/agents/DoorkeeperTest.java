package io.sipscope.node.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import io.sipscope.protocol.capture.Agent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorkeeperTest {
  private static final String SECRET = "correct horse";

  /// `printf %s 'battery staple' | sha256sum`
  private static final String STAPLE =
      "fc96513ba46cef8fb8f0d46a7a16c5ee3a5e2a72c5f9b4f2ddd9e2b0ec7c1d0d";

  private static final String AGENTS =
      """
      sipscope.hep.silence = 30s
      sipscope.hep.authentication = %s
      sipscope.hep.agents = [
        {name = edge-1, key = "correct horse", addresses = ["192.0.2.0/24", "2001:db8::/32"]}
        {id = 7, key = "seven", rate = 2}
        {name = core, id = 9, key = "nine"}
      ]
      """;

  private static final Peer INSIDE = HepPackets.from("192.0.2.9");
  private static final Peer OUTSIDE = HepPackets.from("198.51.100.1");

  private static Doorkeeper doorkeeper(String authentication) {
    return new Doorkeeper(settings(AGENTS.formatted(authentication)));
  }

  private static AgentSettings settings(String text) {
    return AgentSettings.from(new Setting(ConfigFactory.parseString(text)));
  }

  private static Admission admit(String mode, Agent agent, String key, Peer peer) {
    return doorkeeper(mode).admit(HepPackets.of(agent, key, 1), peer, 1);
  }

  @Test
  void whoShowsItsKeyFromItsAddressIsLetIn() {
    var edge = new Agent(0, "edge-1");
    assertEquals(Admission.AUTHENTICATED, admit("required", edge, SECRET, INSIDE));
    assertEquals(
        Admission.AUTHENTICATED, admit("required", edge, SECRET, HepPackets.from("2001:db8:1::5")));
    assertEquals(Admission.AUTHENTICATED, admit("required", new Agent(7, ""), "seven", OUTSIDE));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          edge-1, 0, wrong,          192.0.2.9,    KEY
          edge-1, 0, '',             192.0.2.9,    KEY
          edge-1, 0, correct horsf,  192.0.2.9,    KEY
          edge-1, 0, correct hors,   192.0.2.9,    KEY
          edge-1, 0, correct horse,  198.51.100.1, ADDRESS
          edge-1, 0, correct horse,  2001:db9::1,  ADDRESS
          edge-2, 0, correct horse,  192.0.2.9,    UNKNOWN
          '',     0, correct horse,  192.0.2.9,    UNKNOWN
          '',     8, seven,          192.0.2.9,    UNKNOWN
          edge-1, 7, seven,          192.0.2.9,    UNKNOWN
          edge-1, 7, correct horse,  192.0.2.9,    UNKNOWN
          other,  9, nine,           192.0.2.9,    UNKNOWN
          core,   8, nine,           192.0.2.9,    UNKNOWN
          """)
  void whoIsNotWhoItSaysIsNotLetIn(
      String name, long id, String key, String address, Admission why) {
    assertEquals(
        why, admit("required", new Agent(id, name), key, HepPackets.from(address)), "required");
  }

  @Test
  void ofAnAgentWithNameAndIdOneIsEnough() {
    for (var agent : new Agent[] {new Agent(9, "core"), new Agent(9, ""), new Agent(0, "core")}) {
      assertEquals(Admission.AUTHENTICATED, admit("required", agent, "nine", OUTSIDE));
    }
  }

  @Test
  void amongKnownAgentsStrangersAreLetInButNotInTheirNames() {
    assertEquals(Admission.UNASKED, admit("known", new Agent(0, "edge-2"), "", OUTSIDE));
    assertEquals(Admission.UNASKED, admit("known", Agent.NONE, "", OUTSIDE));
    assertEquals(Admission.KEY, admit("known", new Agent(0, "edge-1"), "", INSIDE));
    assertEquals(Admission.UNKNOWN, admit("known", new Agent(9, "other"), "nine", INSIDE));
  }

  @Test
  void offAsksNobody() {
    assertEquals(Admission.UNASKED, admit("off", new Agent(0, "edge-1"), "", OUTSIDE));
  }

  @Test
  void whoIsListedIsAskedUnlessToldOtherwise() {
    assertEquals(Admission.KEY, admit("auto", new Agent(0, "edge-1"), "", INSIDE));
    assertEquals(
        AgentSettings.Authentication.OFF,
        settings("sipscope.hep {agents = [], authentication = auto, silence = 30s}")
            .authentication());
  }

  @Test
  void moreThanItsRateIsNotLetInUntilTimeHasPassed() {
    long second = 1_000_000_000L;
    var keeper = doorkeeper("required");
    var packet = HepPackets.of(new Agent(7, ""), "seven", 1);
    assertEquals(Admission.AUTHENTICATED, keeper.admit(packet, INSIDE, 100 * second));
    assertEquals(Admission.AUTHENTICATED, keeper.admit(packet, INSIDE, 100 * second));
    assertEquals(Admission.RATE, keeper.admit(packet, INSIDE, 100 * second));
    assertEquals(Admission.RATE, keeper.admit(packet, INSIDE, 100 * second + second / 4));
    assertEquals(Admission.AUTHENTICATED, keeper.admit(packet, INSIDE, 100 * second + second / 2));
    assertEquals(Admission.RATE, keeper.admit(packet, INSIDE, 99 * second), "a clock put back");
    assertEquals(Admission.AUTHENTICATED, keeper.admit(packet, INSIDE, 200 * second));
    assertEquals(Admission.AUTHENTICATED, keeper.admit(packet, INSIDE, 200 * second));
    assertEquals(Admission.RATE, keeper.admit(packet, INSIDE, 200 * second), "no more saved up");
  }

  @Test
  void aWrongKeyCostsItsAgentNothingOfItsRate() {
    var keeper = doorkeeper("required");
    var agent = new Agent(7, "");
    for (int i = 0; i < 10; i++) {
      assertEquals(Admission.KEY, keeper.admit(HepPackets.of(agent, "x", 1), OUTSIDE, 1));
    }
    assertEquals(
        Admission.AUTHENTICATED, keeper.admit(HepPackets.of(agent, "seven", 1), INSIDE, 1));
  }

  @Test
  void aKeyMayBeGivenAsItsDigest() {
    assertTrue(AgentKey.ofSha256(STAPLE.replace("fc96", "0000")).isPresent());
    assertFalse(AgentKey.ofSha256(STAPLE.substring(1)).isPresent());
    // SHA-256 of "abc", as FIPS 180-2 has it
    var abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertTrue(AgentKey.ofSha256(abc).orElseThrow().opens("abc"));
    assertTrue(
        AgentKey.ofSha256(abc.toUpperCase(java.util.Locale.ROOT)).orElseThrow().opens("abc"));
    assertFalse(AgentKey.ofSha256(abc).orElseThrow().opens("abd"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{name = a}]",
        "[{name = a, key = s3cret, sha256 = \"" + STAPLE + "\"}]",
        "[{key = s3cret}]",
        "[{name = a, key = \"\"}]",
        "[{name = a, key = [s3cret]}]",
        "[{name = a, sha256 = s3cret}]",
        "[{name = a, key = s3cret, adresses = [\"10.0.0.1\"]}]",
        "[{name = a, key = s3cret, addresses = []}]",
        "[{name = a, key = s3cret, addresses = [\"10.0.0.0/33\"]}]",
        "[{name = a, key = s3cret, addresses = [edge.example]}]",
        "[{name = a, key = s3cret, addresses = {}}]",
        "[{name = a, key = s3cret, rate = 0}]",
        "[{name = a, key = s3cret, rate = many}]",
        "[{id = 0, key = s3cret}]",
        "[{id = 4294967296, key = s3cret}]",
        "[{name = a, key = s3cret}, {name = a, key = s3cret}]",
        "[{id = 7, key = s3cret}, {name = a, id = 7, key = s3cret}]",
        "[s3cret]",
        "{name = a, key = s3cret}",
      })
  void whatMakesNoSenseIsToldInOneSentenceWithoutTheKey(String agents) {
    var text = "sipscope.hep {authentication = auto, silence = 30s, agents = " + agents + "}";
    var why = assertThrows(BadSetting.class, () -> settings(text)).getMessage();
    assertTrue(why.startsWith("sipscope.hep.agents"), why);
    assertTrue(why.contains(", but it must be "), why);
    assertFalse(why.contains("s3cret"), why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"required", "yes", "REQUIRED"})
  void aModeThatMakesNoSenseIsRefused(String mode) {
    var text = "sipscope.hep {silence = 30s, agents = [], authentication = " + mode + "}";
    assertThrows(BadSetting.class, () -> settings(text));
  }

  @Test
  void nothingThatCanBePrintedShowsAKey() {
    var settings = settings(AGENTS.formatted("required"));
    assertFalse(settings.toString().contains("horse"), settings::toString);
    var packet = HepPackets.of(new Agent(0, "edge-1"), SECRET, 1);
    assertFalse(packet.toString().contains("horse"), packet::toString);
  }
}
