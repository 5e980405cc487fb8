package io.sipscope.node.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.SubscriberSocket;
import io.sipscope.persistence.events.Subscription;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFormTest {
  private static final Event NAMED = Event.of("E_X").with("k", "v w/\"").with("n", 5);
  private static final Event PLACED = Event.of("E_X").with("", "a").with("", "two\n\"lines\"");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          udp:h:1       | {"jsonrpc":"2.0","method":"E_X"}
          tcp:h:1       | {"jsonrpc":"2.0","method":"E_X"}
          tcp:h:1/go    | {"jsonrpc":"2.0","method":"go"}
          jsonrpc:h:1:m | {"id":null,"jsonrpc":"2.0","method":"m","params":{}}
          """)
  void anEventWithoutParameters(String socket, String wanted) {
    assertEquals(wanted, payload(socket, Subscription.Era.JSON, Event.of("E_X")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          udp:h:1     | {"jsonrpc":"2.0","method":"E_X","params":{"k":"v w/\\"","n":5}}
          jsonrpc:h:1 | {"id":null,"jsonrpc":"2.0","method":"E_X","params":{"k":"v w/\\"","n":5}}
          """)
  void namedParametersAreAnObject(String socket, String wanted) {
    assertEquals(wanted, payload(socket, Subscription.Era.JSON, NAMED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          unix:/s | {"jsonrpc":"2.0","method":"E_X","params":["a","two\\n\\"lines\\""]}
          """)
  void othersAreAnArray(String socket, String wanted) {
    assertEquals(wanted, payload(socket, Subscription.Era.JSON, PLACED));
  }

  @org.junit.jupiter.api.Test
  void datagramsOfTwoAreLines() {
    assertEquals("E_X\n\n", payload("udp:h:1", Subscription.Era.TEXT, Event.of("E_X")));
    assertEquals("E_X\nk::v w/\"\nn::5\n\n", payload("udp:h:1", Subscription.Era.TEXT, NAMED));
    assertEquals(
        "E_X\na\n\"two\n\\\"lines\\\"\"\n\n", payload("udp:h:1", Subscription.Era.TEXT, PLACED));
  }

  private static String payload(String socket, Subscription.Era era, Event event) {
    return new String(
        EventForm.of(SubscriberSocket.parse(socket).orElseThrow(), era).of(event),
        StandardCharsets.UTF_8);
  }
}
