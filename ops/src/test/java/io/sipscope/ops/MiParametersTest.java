package io.sipscope.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiParametersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          which           |                             | []
          trace           | mode=on                     | {"mode":"on"}
          get_statistics  | dialog: load:               | [["dialog:","load:"]]
          get_statistics  | statistics=all              | {"statistics":["all"]}
          event_subscribe | E_X udp:127.0.0.1:9         | ["E_X","udp:127.0.0.1:9"]
          raise_event     | E_X a b                     | ["E_X",["a","b"]]
          trace           | sip:bob@example.com;tag=1   | ["sip:bob@example.com;tag=1"]
          """)
  void wordsBecomeParameters(String command, String words, String parameters) throws Failure {
    var list = words == null ? List.<String>of() : List.of(words.split(" "));
    assertEquals(parameters, MiParameters.of(command, list).toString());
  }

  @Test
  void aListInOneWordIsTakenApart() throws Failure {
    assertEquals(
        "{\"statistics\":[\"dialog:\",\"load:\"]}",
        MiParameters.of("get_statistics", List.of("statistics=dialog: load:")).toString());
  }

  @Test
  void namesAndPositionsDoNotMix() {
    var words = List.of("id=x", "on");
    assertThrows(Failure.class, () -> MiParameters.of("trace", words));
  }
}
