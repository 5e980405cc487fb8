package io.sipscope.persistence.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.sipscope.persistence.Rows;
import io.sipscope.protocol.net.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrunksTest {
  private static final String TRUNKS =
      """
      sipscope.trunks {
        zeta = [203.0.113.0/25, "2001:db8:1::/48", 10.0.0.7]
        alpha = [carrier.example, 203.0.113.0/24]
        everyone = [0.0.0.0/0, "::/0"]
      }
      """;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          203.0.113.127:5060,      zeta
          203.0.113.128:5060,      alpha
          10.0.0.7:5060,           zeta
          10.0.0.8:5060,           everyone
          [2001:db8:1:ffff::]:1,   zeta
          [2001:db8:2::]:1,        everyone
          [::ffff:10.0.0.7]:5060,  everyone
          """)
  void theFirstTrunkThatHoldsAnAddressIsIt(String address, String trunk) {
    var endpoint = Endpoint.parse(address).orElseThrow();
    assertEquals(trunk, of(TRUNKS, call().addresses(endpoint)));
    var trunks = Trunks.from(ConfigFactory.parseString(TRUNKS));
    assertEquals(trunk, trunks.at(endpoint));
    assertEquals("", Trunks.NONE.at(endpoint));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          alice@carrier.example,                  dom
          alice@SBC1.Carrier.Example:5061;lr,     dom
          sip:carrier.example;transport=tcp,      dom
          alice@notcarrier.example,               ''
          alice@carrier.example.net,              ''
          carrier.example@elsewhere.test,         ''
          """)
  void aNameHoldsItsHostAndTheHostsBelow(String party, String trunk) {
    var trunks = "sipscope.trunks.dom = [Carrier.example]";
    assertEquals(trunk, of(trunks, call().parties(party, "x")));
    assertEquals(trunk, of(trunks, call().parties("x", party)));
  }

  @Test
  void withoutTrunksThereIsNone() {
    assertEquals("", of("sipscope.trunks {}", call()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.0/33", "10.0.0.300", "2001:db8::/129", "10.0.0.0/x", "a b", "", "10.0/8"})
  void aMemberThatIsNothingIsRefusedWithItsName(String member) {
    var settings = ConfigFactory.parseString("sipscope.trunks.t = [\"" + member + "\"]");
    var refused = assertThrows(ConfigException.class, () -> Trunks.from(settings)).getMessage();
    assertTrue(refused.contains("sipscope.trunks.t"), refused);
    assertTrue(refused.contains("\"" + member + "\" (wanted: "), refused);
  }

  @Test
  void aTrunkThatIsNoListIsRefused() {
    var settings = ConfigFactory.parseString("sipscope.trunks.t = 10.0.0.1");
    assertThrows(ConfigException.class, () -> Trunks.from(settings));
  }

  private static Rows call() {
    return Rows.call("a", 0).addresses(Endpoint.parse("192.0.2.1:5060").orElseThrow());
  }

  private static String of(String settings, Rows call) {
    return Trunks.from(ConfigFactory.parseString(settings)).of(call.row().summary());
  }
}
