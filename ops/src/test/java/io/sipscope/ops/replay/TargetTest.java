package io.sipscope.ops.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          hep:127.0.0.1:9060,                 HEP, UDP, 127.0.0.1,    9060
          HEP:collector.example:9060,         HEP, UDP, collector.example, 9060
          hep-tcp:127.0.0.1:9060,             HEP, TCP, 127.0.0.1,    9060
          hep:127.0.0.1:9060;transport=tcp,   HEP, TCP, 127.0.0.1,    9060
          hep:127.0.0.1:9060;transport=udp,   HEP, UDP, 127.0.0.1,    9060
          sip:[::1]:5060,                     SIP, UDP, ::1,          5060
          sip-tcp:[fe80::1%eth0]:5060,        SIP, TCP, fe80::1%eth0, 5060
          """)
  void aTargetIsWhatWhereAndHow(
      String text, Target.Content content, Target.Carrier carrier, String host, int port) {
    assertEquals(new Target(content, carrier, host, port, text), Target.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1:9060",
        "hep:127.0.0.1",
        "hep::9060",
        "hep:::1:9060",
        "hep://127.0.0.1:9060",
        "http:127.0.0.1:9060",
        "hep:127.0.0.1:0",
        "hep:127.0.0.1:65536",
        "hep:127.0.0.1:9060;transport=tls",
        "hep-tcp:127.0.0.1:9060;transport=udp"
      })
  void anythingElseIsRefusedWithWhatIsWanted(String text) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> Target.parse(text));
    assertTrue(refusal.getMessage().contains("(wanted: "), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0.0", "-1", "fast", "Max", "NaN", "Infinity", "1e3", "1/2"})
  void aSpeedIsAPositiveNumberOrMax(String text) {
    assertThrows(IllegalArgumentException.class, () -> Speed.parse(text));
  }

  @Test
  void timePassesSoManyTimesAsFast() {
    assertEquals(500, Speed.parse("2").scaled(1_000));
    assertEquals(4_000, Speed.parse("0.25").scaled(1_000));
    assertEquals(0, Speed.parse("max").scaled(Long.MAX_VALUE));
    assertTrue(Speed.parse(".000000001").scaled(Long.MAX_VALUE) < Long.MAX_VALUE / 2);
  }
}
