package io.sipscope.http.dialogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.sipscope.protocol.net.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNamesTest {
  private static final String NAMES =
      """
      aliases {
        edge-1 = ["203.0.113.5", "2001:db8::5"]
        "Meridian SBC" = ["192.0.2.40"]
        pbx = ["127.0.0.1:5080"]
        proxy = ["127.0.0.1"]
      }
      trunks { meridian = [192.0.2.0/24], carrier = [carrier.example] }
      """;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          203.0.113.5:5060,         edge-1,         ''
          [2001:db8:0:0::5]:49152,  edge-1,         ''
          192.0.2.40:5060,          Meridian SBC,   meridian
          192.0.2.41:5060,          '',             meridian
          127.0.0.1:5080,           pbx,            ''
          127.0.0.1:5060,           proxy,          ''
          198.51.100.1:5060,        '',             ''
          """)
  void anEndpointIsCalledByItsAddressOrItsPortToo(String text, String alias, String trunk) {
    var names = names(NAMES);
    var endpoint = Endpoint.parse(text).orElseThrow();
    assertEquals(alias, names.alias(endpoint).orElse(""));
    assertEquals(trunk, names.trunk(endpoint).orElse(""));
  }

  @Test
  void anAddressWithTwoNamesIsRefused() {
    assertRefused("aliases { a = [192.0.2.1], b = [\"192.0.2.1\"] }", "192.0.2.1");
  }

  @ParameterizedTest
  @CsvSource({"edge.example.com", "192.0.2.0/24", "192.0.2.1:70000", "''"})
  void whatIsNoAddressIsRefusedWithItsName(String member) {
    assertRefused("aliases { a = [\"" + member + "\"] }", "\"" + member + "\" (wanted: ");
  }

  @Test
  void anAliasThatIsNoListIsRefused() {
    assertRefused("aliases { a = 192.0.2.1 }", "wanted: a list");
  }

  private static void assertRefused(String settings, String why) {
    var refused = assertThrows(ConfigException.class, () -> names(settings)).getMessage();
    assertTrue(refused.contains("sipscope.aliases.") && refused.contains(why), refused);
  }

  private static HostNames names(String settings) {
    return HostNames.from(
        ConfigFactory.parseString("sipscope { aliases {}, trunks {} }\nsipscope {" + settings + "}")
            .resolve());
  }
}
