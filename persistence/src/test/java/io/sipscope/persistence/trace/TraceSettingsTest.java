package io.sipscope.persistence.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceSettingsTest {
  private static final String IDS = "ids = [\"[t]uri=hep:192.0.2.1:9060\"]\n";

  static TraceSettings read(String settings) {
    return TraceSettings.from(
        ConfigFactory.parseString("sipscope.trace {\n" + settings + "\n}")
            .withFallback(ConfigFactory.defaultReference()));
  }

  @Test
  void nothingIsTracedUnlessItIsConfigured() {
    var settings = read("");
    assertTrue(settings.on());
    assertTrue(settings.rules().isEmpty());
    assertTrue(settings.targets().isEmpty());
    assertTrue(settings.localSide().isEmpty());
  }

  @Test
  void offTurnsEveryIdOffToo() {
    var settings = read(IDS + "on = 0");
    assertFalse(settings.on());
    var board = Switchboard.initially(settings.on());
    assertFalse(board.on());
    assertFalse(board.isOn("t"));
  }

  @Test
  void aRuleHasWhatIsSaidOfIt() {
    var rule =
        read(IDS
                + """
                rules = [{
                  methods = [invite, BYE], in-dialog = false, from-user = [alice, "bob@h"],
                  to-user = 1001, source = "192.0.2.0/24", destination = "[2001:db8::1]:5060",
                  header = "X-Trace: yes", trace-id = t, scope = "T m", attributes = "a,b"
                }]
                """)
            .rules()
            .getFirst();
    assertEquals(List.of("INVITE", "BYE"), rule.methods());
    assertEquals(Optional.of(false), rule.inDialog());
    assertEquals(List.of("alice", "bob@h"), rule.fromUsers());
    assertEquals(List.of("1001"), rule.toUsers());
    assertEquals(Optional.of(TraceScope.TRANSACTION), rule.scope());
    assertEquals("a,b", rule.attributes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "on = 2",
        "on = maybe",
        "local-ip = nowhere",
        "ids = [\"[t]uri=nothing\"]",
        "hep-ids = [\"h\"]",
        "rules = [1]",
        "rules = [{}]",
        "rules = [{trace-id = other}]",
        "rules = [{trace-id = t, colour = red}]",
        "rules = [{trace-id = t, scope = x}]",
        "rules = [{trace-id = t, scope = \" \"}]",
        "rules = [{trace-id = t, methods = [\"IN VITE\"]}]",
        "rules = [{trace-id = t, methods = []}]",
        "rules = [{trace-id = t, in-dialog = maybe}]",
        "rules = [{trace-id = t, source = \"192.0.2.0/33\"}]",
        "rules = [{trace-id = t, destination = somewhere}]",
        "rules = [{trace-id = t, header = \": x\"}]",
        "rules = [{trace-id = t, header = \"X-Trace:\"}]"
      })
  void whatMakesNoSenseStopsTheStart(String setting) {
    var refused =
        assertThrows(
            ConfigException.class, () -> read(setting.startsWith("ids") ? setting : IDS + setting));
    assertTrue(refused.getMessage().contains("sipscope.trace."), refused.getMessage());
    assertTrue(refused.getMessage().contains("wanted"), refused.getMessage());
  }

  @Test
  void noPasswordIsInARefusal() {
    var refused =
        assertThrows(
            ConfigException.class, () -> read("ids = [\"[t]uri=oracle://u:secret@h/db\"]"));
    assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
  }

  @Test
  void scopesAreReadAsOpenSipsReadsThem() {
    assertEquals(Optional.of(TraceScope.MESSAGE), TraceScope.of("m"));
    assertEquals(Optional.of(TraceScope.DIALOG), TraceScope.of("mtD"));
    assertEquals(Optional.of(TraceScope.TRANSACTION), TraceScope.of(" m T "));
    assertEquals(Optional.empty(), TraceScope.of("mx"));
    assertEquals(Optional.empty(), TraceScope.of(""));
  }
}
