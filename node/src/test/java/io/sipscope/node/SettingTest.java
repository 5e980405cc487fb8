package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SettingTest {

  private static Setting set(String value) {
    return new Setting(ConfigFactory.parseString("key = " + value));
  }

  private static void refuses(String sentence, Executable reading) {
    assertEquals(sentence, assertThrows(BadSetting.class, reading).getMessage());
  }

  @Test
  void aPortIsANumberTo65535() {
    assertEquals(0, set("0").port("key"));
    assertEquals(65_535, set("\"65535\"").port("key"));
    refuses(
        "key is 65536, but it must be a port number from 0 (any free one) to 65535.",
        () -> set("65536").port("key"));
    refuses(
        "key is \"sip\", but it must be a port number from 0 (any free one) to 65535.",
        () -> set("sip").port("key"));
  }

  @Test
  void aDurationHasAUnitAndBounds() {
    assertEquals(Duration.ofMillis(50), duration("50ms"));
    refuses(
        "key is \"2 weeks ago\", but it must be a duration such as 50ms or 10s, from 1ms to 10s.",
        () -> duration("2 weeks ago"));
    refuses(
        "key is \"11s\", but it must be a duration such as 50ms or 10s, from 1ms to 10s.",
        () -> duration("11s"));
  }

  private static Duration duration(String value) {
    return set(value).duration("key", Duration.ofMillis(1), Duration.ofSeconds(10));
  }

  @Test
  void aSizeHasAUnitAndBounds() {
    assertEquals(8 << 20, set("8 MiB").bytes("key", 1, Long.MAX_VALUE));
    refuses(
        "key is \"much\", but it must be a size such as 8 MiB, at least 1 bytes.",
        () -> set("much").bytes("key", 1, Long.MAX_VALUE));
  }

  @Test
  void whatIsNotSetIsSaidToBe() {
    refuses("other is not set, but it must be a text.", () -> set("1").text("other"));
  }
}
