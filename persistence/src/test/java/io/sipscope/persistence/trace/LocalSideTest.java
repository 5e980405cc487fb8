package io.sipscope.persistence.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSideTest {
  private static LocalSide good(String text) {
    var read = LocalSide.read(text);
    assertInstanceOf(Reading.Good.class, read, text);
    return ((Reading.Good<LocalSide>) read).value();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, UDP, 192.0.2.1:5060",
    "192.0.2.1:5070, UDP, 192.0.2.1:5070",
    "tcp:192.0.2.1, TCP, 192.0.2.1:5060",
    "TLS:192.0.2.1:5061, TLS, 192.0.2.1:5061",
    "wss:[2001:db8::1]:443, WSS, [2001:db8::1]:443",
    "2001:db8::1, UDP, [2001:db8::1]:5060",
    "[2001:db8::1]:5070, UDP, [2001:db8::1]:5070",
    ":192.0.2.1:5070, UDP, 192.0.2.1:5070"
  })
  void everyFormIsRead(String text, String transport, String endpoint) {
    var side = good(text).side();
    assertEquals(transport, side.transport().name());
    assertEquals(endpoint, side.endpoint().toString());
  }

  @Test
  void aPortOutOfRangeIsFiveThousandAndSixtyWithAWarning() {
    for (var text : new String[] {"192.0.2.1:0", "udp:192.0.2.1:65536", "udp:192.0.2.1:x"}) {
      var read = good(text);
      assertEquals(5060, read.side().endpoint().port());
      assertFalse(read.warning().isEmpty());
    }
    assertTrue(good("192.0.2.1:5060").warning().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy:192.0.2.1", "here", "sctps:192.0.2.1:1", "udp:here:5060", "x:1"})
  void whatIsNoAddressIsRefused(String text) {
    assertInstanceOf(Reading.Bad.class, LocalSide.read(text));
  }
}
