package io.sipscope.protocol.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1:5060", "[2001:db8::1]:5060", "192.0.2.1:0", "[::]:65535"})
  void isWrittenAsItIsRead(String text) {
    assertEquals(Optional.of(text), Endpoint.parse(text).map(Endpoint::toString));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "192.0.2.1",
        "192.0.2.1:",
        "192.0.2.1:65536",
        "192.0.2.1:-1",
        "192.0.2.1:5060x",
        "::1:5060",
        "[::1]5060",
        "host:5060",
        "192.0.2.1:123456"
      })
  void refusesWhatIsNone(String text) {
    assertEquals(Optional.empty(), Endpoint.parse(text));
  }
}
