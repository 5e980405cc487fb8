package io.sipscope.node.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import io.sipscope.node.sources.ami.AmiSettings;
import io.sipscope.node.sources.live.CaptureSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSettingsTest {
  private static Setting with(String hocon) {
    return new Setting(ConfigFactory.parseString(hocon).withFallback(ConfigFactory.load()));
  }

  @Test
  void bothAreOffUnlessSet() {
    assertEquals(List.of(), CaptureSettings.from(with("")).interfaces());
    assertFalse(AmiSettings.from(with("")).isOn());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[eth0, lo]", "\"eth0,lo\"", "\" eth0 , lo,,eth0\""})
  void interfacesAreAListOrATextWithCommas(String value) {
    assertEquals(
        List.of("eth0", "lo"),
        CaptureSettings.from(with("sipscope.capture.interfaces = " + value)).interfaces());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"-w\"]", "\"eth0 -w /tmp/x\"", "\"-\""})
  void anInterfaceIsNoOptionOfTheProgram(String value) {
    assertThrows(
        BadSetting.class,
        () -> CaptureSettings.from(with("sipscope.capture.interfaces = " + value)));
  }

  @ParameterizedTest
  @CsvSource({
    "'sipscope.ami.host = pbx', sipscope.ami.username",
    "'sipscope.ami { host = pbx, username = a, port = 70000 }', sipscope.ami.port",
    "'sipscope.ami { host = pbx, username = a, sip-address = pbx }', sipscope.ami.sip-address",
  })
  void whatMakesNoSenseNamesItsKey(String hocon, String key) {
    var refused = assertThrows(BadSetting.class, () -> AmiSettings.from(with(hocon)));
    assertTrue(refused.getMessage().contains(key), refused.getMessage());
  }
}
