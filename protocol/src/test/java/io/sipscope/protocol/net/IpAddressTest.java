package io.sipscope.protocol.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.protocol.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "255.255.255.255, 255.255.255.255",
    "010.0.0.1, 10.0.0.1",
    "::, ::",
    "::1, ::1",
    "[::1], ::1",
    "1::, 1::",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "::ffff:192.0.2.1, ::ffff:c000:201",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8"
  })
  void readsLiteralsAndWritesTheirCanonicalText(String text, String canonical) {
    assertEquals(Optional.of(canonical), IpAddress.parse(text).map(IpAddress::toString));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.-1",
        "1.2.3.4a",
        "+1.2.3.4",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "g::",
        "::1.2.3",
        "1:2:3:4:5:6:7::8:9",
        "[::1",
        "fe80::1%eth0"
      })
  void refusesWhatIsNoLiteral(String text) {
    assertEquals(Optional.empty(), IpAddress.parse(text));
  }

  @Test
  void agreesWithTheJdkOnEveryAddress() throws UnknownHostException {
    var random = new Random(5952);
    for (int i = 0; i < 10_000; i++) {
      var bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      for (int zeros = random.nextInt(4); zeros > 0 && bytes.length == 16; zeros--) {
        bytes[random.nextInt(8) * 2] = 0;
        bytes[random.nextInt(8) * 2 + 1] = 0;
      }
      var view = Bytes.of(bytes);
      var address = bytes.length == 4 ? IpAddress.v4(view, 0) : IpAddress.v6(view, 0);
      assertArrayEquals(bytes, address.bytes());
      assertEquals(Optional.of(address), IpAddress.parse(address.toString()));
      assertArrayEquals(bytes, InetAddress.getByName(address.toString()).getAddress());
    }
  }
}
