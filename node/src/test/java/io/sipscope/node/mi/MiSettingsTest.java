package io.sipscope.node.mi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiSettingsTest {

  private static Setting setting(String hocon) {
    return new Setting(ConfigFactory.parseString(hocon).withFallback(ConfigFactory.load()));
  }

  @Test
  void bothDoorsAreShutByDefault() {
    assertFalse(MiFifoSettings.from(setting("")).isOn());
    assertEquals(Optional.empty(), MiDatagramSettings.from(setting("")).address());
  }

  @ParameterizedTest
  @CsvSource({
    "sipscope.mi.datagram.port = 9, 127.0.0.1, 9",
    "sipscope.mi.datagram.host = localhost, localhost, 8080"
  })
  void oneOfTheTwoOpensTheDatagramDoor(String hocon, String host, int port) {
    assertEquals(
        Optional.of(new InetSocketAddress(host, port)),
        MiDatagramSettings.from(setting(hocon)).address());
  }

  @Test
  void datagramsFromBeyondThisMachineAreRefused() {
    var bad =
        assertThrows(
            BadSetting.class,
            () -> MiDatagramSettings.from(setting("sipscope.mi.datagram.host = \"0.0.0.0\"")));
    assertTrue(
        bad.getMessage().startsWith("sipscope.mi.datagram.host is \"0.0.0.0\", but it must"));
  }

  @Test
  void theReplyDirectoryMustBeThere() {
    var hocon = "sipscope.mi.fifo { path = /tmp/x, reply-dir = /no/such }";
    assertThrows(BadSetting.class, () -> MiFifoSettings.from(setting(hocon)));
  }
}
